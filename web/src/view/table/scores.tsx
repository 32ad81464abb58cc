// How a round went for everybody, as the server tells it.
import { entriesOf } from '../../by_name';
import type { Scored } from '../../protocol/server';
import type { Game } from '../../state';
import { useSecondsLeft } from './countdown';
import { plain, signed } from '../../points';
import { standing } from './seat';

export function Scores({ game, scored }: { game: Game; scored: Scored }) {
  const seconds = useSecondsLeft(game.deadline);
  const isMultiplied = scored.redeal_multiplier > 1;
  const bonuses = new Map(game.bonuses.map((bonus) => [bonus.player, bonus.bonus_points]));
  return (
    <section class="question scores" aria-labelledby="scores">
      <h2 id="scores">Round {game.round}{isMultiplied && `, counted ${scored.redeal_multiplier} times`}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">Player</th><th scope="col">Said</th><th scope="col">Won</th><th scope="col">Base</th>
            {isMultiplied && <th scope="col"><abbr title="multiplied by">×</abbr></th>}
            <th scope="col">Bonus</th><th scope="col">Round</th><th scope="col">Total</th>
          </tr>
        </thead>
        <tbody>
          {entriesOf(scored.round_scores).map(([name, score]) => (
            <tr key={name} class={standing(score.captured, score.declared).state}>
              <th scope="row"><span>{name}</span><small>{standing(score.captured, score.declared).text}</small></th>
              <td>{score.declared}</td>
              <td>{score.captured}</td>
              <td>{plain(score.base_score)}</td>
              {isMultiplied && <td>×{score.multiplier}</td>}
              <td>{bonuses.has(name) ? signed(bonuses.get(name) ?? 0) : '–'}</td>
              <td class="change">{signed(score.round_score)}</td>
              <td><b>{plain(score.total_score)}</b></td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="hint">
        {game.bonuses.length > 0 && 'The bonus for an exact word is part of the round’s points. '}
        {seconds !== null && `The next round is dealt in ${Math.ceil(seconds)} s.`}
      </p>
    </section>
  );
}
