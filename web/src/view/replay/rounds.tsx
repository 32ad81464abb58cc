// The table of rounds with all players' points; each round links to its first frame.
import { of } from '../../by_name';
import type { Replay } from '../../protocol/rest';
import { bare } from '../chat_seats';
import type { Playback } from './player';
import type { Chapter } from './steps';
import { plain, signed } from '../../points';

const REASONS = {
  has_general_red: 'has the red general',
  won_last_turn: 'won the last turn',
  accepted_redeal: 'asked for a redeal',
} as const;

export function Rounds({
  replay,
  chapters,
  playback: { at, seek },
}: {
  replay: Replay;
  chapters: readonly Chapter[];
  playback: Playback;
}) {
  const seats = [...replay.seats].sort((a, b) => a.seat - b.seat);
  const current = chapters.findLast(({ begins }) => begins <= at);
  const { winners, finalScores, duration } = replay.results;
  const counted = chapters.length === 1 ? '1 round' : `${chapters.length} rounds`;
  return (
    <section class="card rounds-list" aria-labelledby="rounds">
      <h2 id="rounds">Rounds</h2>
      <div class="scroll" tabIndex={0} role="group" aria-label="Points of every round">
        <table>
          <thead>
            <tr>
              <th scope="col">Round</th>
              {seats.map(({ seat, name }) => (
                <th key={seat} scope="col">
                  {bare(name)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {chapters.map((chapter) => (
              <tr key={chapter.begins} class={chapter === current ? 'current' : ''}>
                <th scope="row">
                  <Jump chapter={chapter} isCurrent={chapter === current} seats={seats} seek={seek} />
                </th>
                {seats.map(({ seat }) => (
                  <Cell key={seat} round={chapter.round} seat={seat} />
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">End</th>
              {seats.map(({ seat, name }) => (
                <td key={seat} class={winners.includes(name) ? 'winner' : ''}>
                  <b>{plain(of(finalScores, name) ?? 0)}</b>
                </td>
              ))}
            </tr>
          </tfoot>
        </table>
      </div>
      <p class="hint">
        {winners.map(bare).join(' and ')} won after {counted} in {Math.max(1, Math.round(duration / 60))} min. Below the
        points: piles won / declared.
      </p>
    </section>
  );
}

function Jump({
  chapter: { round, begins },
  isCurrent,
  seats,
  seek,
}: {
  chapter: Chapter;
  isCurrent: boolean;
  seats: Replay['seats'];
  seek: (at: number) => void;
}) {
  const starter = bare(seats.find(({ seat }) => seat === round.starter)?.name ?? '');
  return (
    <button
      type="button"
      aria-current={isCurrent ? 'step' : undefined}
      title={`${starter} started: ${REASONS[round.starterReason]}`}
      onClick={() => seek(begins)}
    >
      <span class="unseen">Go to round </span>
      {round.round}
      {round.multiplier > 1 && <small> ×{round.multiplier}</small>}
    </button>
  );
}

function Cell({ round, seat }: { round: Chapter['round']; seat: number }) {
  const [declared, taken] = [round.declarations[seat], round.captured[seat]];
  return (
    <td class={declared === taken ? 'exact' : ''}>
      {signed(round.scores[seat] ?? 0)}
      <small>
        {taken}/{declared}
      </small>
    </td>
  );
}
