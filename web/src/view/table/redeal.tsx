// The question whether a weak hand shall be dealt anew.
import { decideRedeal } from '../../actions';
import type { Preparing } from '../../protocol/server';
import { state } from '../../store';

export function RedealQuestion({ asked }: { asked: Preparing }) {
  const { name } = state.value;
  if (!asked.waiting_for_decisions || asked.decisions[name] !== null) return null;
  return (
    <section class="question" aria-labelledby="redeal">
      <h2 id="redeal">Your hand is weak. Deal all hands anew?</h2>
      <p>You would begin, and the points of this round count {asked.redeal_multiplier + 1} times.</p>
      <div class="row">
        <button type="button" onClick={() => decideRedeal(false)}>Keep my hand</button>
        <button type="button" class="primary" onClick={() => decideRedeal(true)}>Deal anew</button>
      </div>
    </section>
  );
}
