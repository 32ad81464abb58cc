// The table in a frame of the replay: four open hands around the played pieces.
import { keep } from '../../keep';
import { pieceName } from '../../narrate';
import { PieceFace } from '../../pieces';
import type { Replay, ReplaySeat } from '../../protocol/rest';
import { type Side, sideOf } from '../../sides';
import { state } from '../../store';
import { bare } from '../chat_seats';
import { plain } from '../../points';
import { piecesOf } from './piece';
import type { Frame } from './steps';

export function ReplayTable({ replay, frame }: { replay: Replay; frame: Frame }) {
  // The view is from the viewer's own seat, or else from the first person's.
  const own = keep.seatOf(replay.battleId)?.name ?? state.value.name;
  const mine =
    replay.seats.find(({ name, isBot }) => !isBot && name === own) ?? replay.seats.find(({ isBot }) => !isBot);
  const seats = [...replay.seats].sort((a, b) => a.seat - b.seat);
  return (
    <section class="felt open-hands" aria-label="Table">
      {seats.map((seat) => {
        const side = sideOf(seat.seat, mine?.seat ?? 0);
        return <Seat key={seat.seat} seat={seat} frame={frame} side={side} />;
      })}
      <p class="word" aria-hidden="true">
        {frame.text}
      </p>
    </section>
  );
}

function Seat({ seat: { seat, name, isBot }, frame, side }: { seat: ReplaySeat; frame: Frame; side: Side }) {
  const declared = frame.declared[seat] ?? null;
  const taken = frame.piles[seat] ?? 0;
  const piles = declared === null ? 'has not declared yet' : `declared ${declared}, won ${taken}`;
  const marks = `${frame.actor === seat ? 'turn' : ''} ${frame.winner === seat ? 'winner' : ''}`;
  return (
    <section
      class={`place ${side} ${marks}`}
      aria-label={`${bare(name)}${isBot ? ', bot' : ''}: ${piles}, ${frame.totals[seat]} points`}
    >
      <div class="who" aria-hidden="true">
        <b class="name">{bare(name)}</b>
        {isBot && <small class="tag">bot</small>}
        {frame.leader === seat && <small class="tag">leads</small>}
        <span
          class={`took ${declared === null ? '' : taken === declared ? 'exact' : taken > declared ? 'too-many' : ''}`}
          title="Piles won / declared"
        >
          {declared === null ? (
            '–'
          ) : (
            <>
              {taken}
              <small>/{declared}</small>
            </>
          )}
        </span>
        <span class="score" title="Total points">
          {plain(frame.totals[seat] ?? 0)}
        </span>
      </div>
      <Pieces ids={frame.hands[seat] ?? []} label={`Hand of ${bare(name)}`} kind="cards" />
      <Lying ids={frame.plays[seat] ?? null} frame={frame} seat={seat} name={bare(name)} />
    </section>
  );
}

function Lying({
  ids,
  frame,
  seat,
  name,
}: {
  ids: readonly string[] | null;
  frame: Frame;
  seat: number;
  name: string;
}) {
  const fate = frame.winner === null ? '' : frame.winner === seat ? 'won' : 'beaten';
  return <Pieces ids={ids ?? []} label={`Played by ${name}`} kind={`lying ${fate} ${ids ? '' : 'none'}`} />;
}

function Pieces({ ids, label, kind }: { ids: readonly string[]; label: string; kind: string }) {
  const pieces = piecesOf(ids);
  return (
    <div
      class={kind}
      role="img"
      aria-label={`${label}: ${pieces.map((piece) => pieceName(piece)).join(', ') || 'nothing'}`}
    >
      {pieces.map((piece) => (
        <PieceFace key={piece.id} kind={piece.rank} color={piece.color} points={piece.point} />
      ))}
    </div>
  );
}
