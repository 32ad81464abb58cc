// Asks whether a player with a weak hand wants a redeal.
import { decideRedeal } from '../../actions';
import { of } from '../../by_name';
import type { Preparing } from '../../protocol/server';
import { state } from '../../store';
import { HintButton, HintText } from './hint';

export function RedealQuestion({ asked }: { asked: Preparing }) {
  const { name, game } = state.value;
  if (!game || !asked.waiting_for_decisions || of(asked.decisions, name) !== null) return null;
  return (
    <section class="question" aria-labelledby="redeal">
      <h2 id="redeal">Your hand is weak. Redeal?</h2>
      <p>None of your pieces is worth more than 9 points. After a redeal you lead the round.</p>
      <HintText game={game} />
      <div class="row">
        <HintButton game={game} />
        <button type="button" onClick={() => decideRedeal(false)}>
          Keep my hand
        </button>
        <button type="button" class="primary" onClick={() => decideRedeal(true)}>
          Redeal (this round counts ×{asked.redeal_multiplier + 1})
        </button>
      </div>
    </section>
  );
}
