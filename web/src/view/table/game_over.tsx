// The end: who has won, what happened on the way, and whether the deck was the one that the server had promised.
import { useEffect, useState } from 'preact/hooks';
import { leaveRoom, practice } from '../../actions';
import { keep } from '../../keep';
import type { BotDifficulty, Finished, GameOver as Over } from '../../protocol/server';
import type { Game } from '../../state';
import { state } from '../../store';

export function GameOver({ game, finished }: { game: Game; finished: Finished }) {
  const { room, name } = state.value;
  const winners = finished.winners;
  const ranking = Object.entries(finished.final_scores).sort(([, a], [, b]) => b - a);
  return (
    <section class="question over" aria-labelledby="over">
      <h2 id="over">{winners.includes(name) ? (winners.length > 1 ? 'You share the win!' : 'You win!') : `${winners.join(' and ')} ${winners.length > 1 ? 'win' : 'wins'}`}</h2>
      <ol class="ranking">
        {ranking.map(([player, points]) => (
          <li key={player} class={winners.includes(player) ? 'winner' : ''}><span>{player}</span><b>{points}</b></li>
        ))}
      </ol>
      {game.over && <Statistics over={game.over} />}
      {game.over && <Fairness seed={game.over.deck_seed} commitment={game.commitment} />}
      <div class="row">
        <button type="button" class="quiet" onClick={leaveRoom}>To the lobby</button>
        {room && <a class="button" href={`/replay/${room.id}`}>Replay</a>}
        {room && <button type="button" class="primary" onClick={() => again(room.options.bot_difficulty)}>Play bots again</button>}
      </div>
    </section>
  );
}

async function again(level: BotDifficulty): Promise<void> {
  await leaveRoom();
  await practice(keep.get('level', level));
}

function Statistics({ over: { rounds_played, game_duration, statistics } }: { over: Over }) {
  const facts: [string, string | number][] = [
    ['Rounds', rounds_played],
    ['Turns', statistics.total_turns],
    ['Met exactly', statistics.perfect_declarations],
    ['Redeals', statistics.redeals],
    ['Time', `${Math.floor(game_duration / 60)}:${String(Math.floor(game_duration % 60)).padStart(2, '0')}`],
  ];
  return <dl class="facts">{facts.map(([term, value]) => <div><dt>{term}</dt><dd>{value}</dd></div>)}</dl>;
}

/** The seed must be the one whose hash was told before the first deal. */
function Fairness({ seed, commitment }: { seed: string; commitment: string | null }) {
  const [isFair, tell] = useState<boolean | null>(null);
  useEffect(() => {
    if (commitment) hash(seed).then((found) => tell(found === commitment), () => tell(null));
  }, [seed, commitment]);
  if (!commitment || isFair === null) return null;
  return (
    <p class={`fairness ${isFair ? '' : 'broken'}`}>
      {isFair ? '✓ The deck is the one that was promised before the first deal.' : '✗ The deck is not the one that was promised.'}
    </p>
  );
}

/** SHA-256 in hex of what the hex text stands for. */
async function hash(hex: string): Promise<string> {
  const bytes = Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
