// The end of the game: the winners, statistics, and whether the deal was fair.
import { leaveRoom, practice } from '../../actions';
import { entriesOf } from '../../by_name';
import { keep } from '../../keep';
import type { BotDifficulty, Finished, GameOver as Over } from '../../protocol/server';
import type { Game } from '../../state';
import { state } from '../../store';
import { exactness } from '../../observations';
import { Fairness } from './fairness';
import { plain, signed } from '../../points';

export function GameOver({ game, finished }: { game: Game; finished: Finished }) {
  const { room, name } = state.value;
  const winners = finished.winners;
  return (
    <section class="question over" aria-labelledby="over">
      <h2 id="over">
        {winners.includes(name)
          ? winners.length > 1
            ? 'You share the win!'
            : 'You win!'
          : `${winners.join(' and ')} ${winners.length > 1 ? 'win' : 'wins'}`}
      </h2>
      <Ranking game={game} finished={finished} />
      {game.over && <Statistics over={game.over} />}
      {game.over && <Fairness game={game} over={game.over} />}
      <div class="row">
        <button type="button" class="quiet" onClick={leaveRoom}>
          Back to lobby
        </button>
        {room && (
          <a class="button" href={`/replay/${room.id}`}>
            Replay
          </a>
        )}
        {room && (
          <button type="button" class="primary" onClick={() => again(room.options.bot_difficulty)}>
            Play bots again
          </button>
        )}
      </div>
    </section>
  );
}

/** All players by points, with their exact and best rounds. */
function Ranking({ game, finished: { final_scores, winners } }: { game: Game; finished: Finished }) {
  const counts = exactness(game.observations);
  const played = game.over?.rounds_played ?? game.round;
  const isWhole = game.observations.rounds.filter(({ scores }) => scores).length === played;
  const ranking = entriesOf(final_scores).sort(([, a], [, b]) => b - a);
  return (
    <>
      <table class="ranking">
        <thead>
          <tr>
            <th scope="col">Player</th>
            <th scope="col">Exact</th>
            <th scope="col">Best round</th>
            <th scope="col">Points</th>
          </tr>
        </thead>
        <tbody>
          {ranking.map(([player, points]) => {
            const count = counts.get(player);
            return (
              <tr key={player} class={winners.includes(player) ? 'winner' : ''}>
                <th scope="row" translate={false}>
                  {player}
                </th>
                <td>{count ? `${count.exact} of ${count.rounds}` : '–'}</td>
                <td>{count ? signed(count.best) : '–'}</td>
                <td>
                  <b>{plain(points)}</b>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {!isWhole && (
        <p class="hint">
          This page saw {game.observations.rounds.length} of {played} rounds; Exact and Best round count only those.
        </p>
      )}
    </>
  );
}

async function again(level: BotDifficulty): Promise<void> {
  if (await leaveRoom()) await practice(keep.get('level', level));
}

function Statistics({ over: { rounds_played, game_duration, statistics } }: { over: Over }) {
  const facts: [string, string | number][] = [
    ['Rounds', rounds_played],
    ['Turns', statistics.total_turns],
    ['Exact rounds', statistics.perfect_declarations],
    ['Redeals', statistics.redeals],
    ['Time-outs', statistics.timeouts],
    ['Time', `${Math.floor(game_duration / 60)}:${String(Math.floor(game_duration % 60)).padStart(2, '0')}`],
  ];
  return (
    <dl class="facts">
      {facts.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
