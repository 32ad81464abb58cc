// How a round went for everybody.
import type { Scored } from '../../protocol/server';
import type { Game } from '../../state';
import { useSecondsLeft } from './countdown';

const signed = (points: number): string => (points > 0 ? `+${points}` : points < 0 ? `−${-points}` : '0');

export function Scores({ game, scored }: { game: Game; scored: Scored }) {
  const seconds = useSecondsLeft(game.deadline);
  return (
    <section class="question scores" aria-labelledby="scores">
      <h2 id="scores">Round {game.round}{scored.redeal_multiplier > 1 && `, counted ${scored.redeal_multiplier} times`}</h2>
      <table>
        <thead>
          <tr><th scope="col">Player</th><th scope="col">Said</th><th scope="col">Took</th><th scope="col">Round</th><th scope="col">Total</th></tr>
        </thead>
        <tbody>
          {Object.entries(scored.round_scores).map(([name, score]) => (
            <tr key={name} class={score.declared === score.captured ? 'exact' : ''}>
              <th scope="row">{name}</th>
              <td>{score.declared}</td>
              <td>{score.captured}</td>
              <td class="change">{signed(score.round_score)}</td>
              <td><b>{score.total_score}</b></td>
            </tr>
          ))}
        </tbody>
      </table>
      {seconds !== null && <p class="hint">The next round is dealt in {Math.ceil(seconds)} s.</p>}
    </section>
  );
}
