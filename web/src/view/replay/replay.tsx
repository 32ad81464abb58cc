// The replay of a finished game, frame by frame, with all hands open.
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Replay as ReplayData } from '../../protocol/rest';
import { secretOf } from '../../games';
import { Refusal, restOfSeat, tokens } from '../../rest';
import '../../style/replay.css';
import { Controls } from './controls';
import { usePlayback } from './player';
import { Rounds } from './rounds';
import { timeline } from './steps';
import { ReplayTable } from './table';

type Asked = { replay: ReplayData } | { refusal: Refusal } | null;

export function Replay({ id }: { id: string }) {
  const [asked, answer] = useState<Asked>(null);
  const [attempt, again] = useState(0);
  const token = tokens.value !== null;
  useEffect(() => {
    let isWanted = true;
    answer(null);
    restOfSeat<ReplayData>(secretOf(id), 'GET', `/state/replay/${encodeURIComponent(id)}`).then(
      (replay) => isWanted && answer({ replay }),
      (error: unknown) => isWanted && answer({ refusal: error instanceof Refusal ? error : new Refusal(0, {}) }),
    );
    return () => {
      isWanted = false;
    };
  }, [id, token, attempt]);
  if (!asked)
    return (
      <p class="waiting" role="status">
        Loading the game…
      </p>
    );
  if ('refusal' in asked) return <Refused id={id} refusal={asked.refusal} again={() => again(attempt + 1)} />;
  return <Viewer replay={asked.replay} />;
}

function Viewer({ replay }: { replay: ReplayData }) {
  const { frames, chapters } = useMemo(() => timeline(replay), [replay]);
  const playback = usePlayback(frames.length);
  const frame = frames[playback.at];
  if (!frame) return <p class="waiting">Nothing was played in this game.</p>;
  return (
    <div class="replay">
      <header class="top-line">
        <h1>Replay of {replay.battleId}</h1>
        <span>
          Round {frame.round} of {chapters.length}
          {frame.turn > 0 && `, turn ${frame.turn}`}
        </span>
      </header>
      <ReplayTable replay={replay} frame={frame} />
      <Controls frame={frame} count={frames.length} playback={playback} />
      <Rounds replay={replay} chapters={chapters} playback={playback} />
    </div>
  );
}

/** Why the replay can't be shown, and what the player can do about it. */
function Refused({ id, refusal, again }: { id: string; refusal: Refusal; again: () => void }) {
  const { title, text, canTryAgain } = explanationOf(refusal);
  return (
    <section class="card narrow" role="alert">
      <h1>{title}</h1>
      <p>{text}</p>
      <div class="row end">
        <a class="button" href="/">
          Back to lobby
        </a>
        {refusal.status === 401 && (
          <a class="button" href="/me">
            Log in
          </a>
        )}
        {refusal.code === 'BATTLE_NOT_FINISHED' && (
          <a class="button" href={`/room/${id}`}>
            Go to table
          </a>
        )}
        {canTryAgain && (
          <button type="button" class="primary" onClick={again}>
            Try again
          </button>
        )}
      </div>
    </section>
  );
}

function explanationOf({ status, code, message }: Refusal): { title: string; text: string; canTryAgain: boolean } {
  const of = (title: string, text: string, canTryAgain = false) => ({ title, text, canTryAgain });
  switch (code) {
    case 'UNAUTHORIZED':
      return of(
        'Log in to watch this replay',
        'Without an account you can watch the games that you finished in this browser. ' +
          'With one you can watch every game at a public table, and your own at private ones.',
      );
    case 'NOT_SEATED':
      return of('A private game', 'Only its players can watch it.');
    case 'BATTLE_NOT_FINISHED':
      return of('The game is not over yet', 'Its replay is available when the game ends.', true);
    case 'BATTLE_NOT_FOUND':
      return of('Game not found', 'No finished game is stored under this code.');
    case 'OFFLINE':
      return of('No connection', message, true);
    default:
      return of('The replay can’t be shown', message, status === 429 || status === 0 || status >= 500);
  }
}
