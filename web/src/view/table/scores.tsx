// The scores of a round. They stay while the game continues behind them, and show what it is waiting for.
import { entriesOf } from '../../by_name';
import { useEffect } from 'preact/hooks';
import { closesAt, waitingText } from '../../score_sheet';
import { isAsked, type ScoreSheet } from '../../state';
import { readSheet, state } from '../../store';
import { useSecondsLeft } from './countdown';
import { plain, signed } from '../../points';
import { standing } from './seat';

export function Scores({ sheet: { round, scored, bonuses: awarded } }: { sheet: ScoreSheet }) {
  useEnd();
  const isMultiplied = scored.redeal_multiplier > 1;
  const bonuses = new Map(awarded.map((bonus) => [bonus.player, bonus.bonus_points]));
  return (
    <section class="question scores" aria-labelledby="scores">
      <h2 id="scores">
        Round {round}
        {isMultiplied && `, points ×${scored.redeal_multiplier}`}
      </h2>
      <table>
        <thead>
          <tr>
            <th scope="col">Player</th>
            <th scope="col">Declared</th>
            <th scope="col">Won</th>
            <th scope="col">Points</th>
            <th scope="col">Bonus</th>
            <th scope="col">Round</th>
            <th scope="col">Total</th>
          </tr>
        </thead>
        <tbody>
          {entriesOf(scored.round_scores).map(([name, score]) => (
            <tr key={name} class={standing(score.captured, score.declared).state}>
              <th scope="row">
                <span translate={false}>{name}</span>
                <small>{standing(score.captured, score.declared).text}</small>
              </th>
              <td>{score.declared}</td>
              <td>{score.captured}</td>
              <td>{plain(score.base_score)}</td>
              <td>{bonuses.has(name) ? signed(bonuses.get(name) ?? 0) : '–'}</td>
              <td class="change">{signed(score.round_score)}</td>
              <td>
                <b>{plain(score.total_score)}</b>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {awarded.length > 0 && <p class="hint">The bonus for an exact declaration is included in the round’s points.</p>}
      <div class="row">
        <Waiting />
        <button type="button" class="primary" onClick={readSheet}>
          Continue
        </button>
      </div>
    </section>
  );
}

/** What the game is waiting for behind the scores, with the time left. */
function Waiting() {
  const { game } = state.value;
  const seconds = useSecondsLeft(game?.deadline ?? null);
  const left =
    seconds === null
      ? ''
      : game?.phase.name === 'SCORING'
        ? ` in ${Math.ceil(seconds)} s`
        : `: ${Math.ceil(seconds)} s left`;
  return (
    <p class={`next ${isAsked(state.value) ? 'mine' : ''}`}>
      {waitingText(state.value)}
      {left}
    </p>
  );
}

/** Closes the scores when their time is over. */
function useEnd(): void {
  const end = closesAt(state.value);
  useEffect(() => {
    if (end === null) return undefined;
    const timer = setTimeout(readSheet, end - Date.now());
    return () => clearTimeout(timer);
  }, [end]);
}
