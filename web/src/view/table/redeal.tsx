// The question whether a weak hand shall be dealt anew.
import { decideRedeal } from '../../actions';
import { of } from '../../by_name';
import type { Preparing } from '../../protocol/server';
import { state } from '../../store';
import { HintButton, HintWords } from './hint';

export function RedealQuestion({ asked }: { asked: Preparing }) {
  const { name, game } = state.value;
  if (!game || !asked.waiting_for_decisions || of(asked.decisions, name) !== null) return null;
  return (
    <section class="question" aria-labelledby="redeal">
      <h2 id="redeal">Your hand is weak. Deal all hands anew?</h2>
      <p>
        No piece of yours is above 9 points. With new hands you would begin, and this round’s points count{' '}
        {asked.redeal_multiplier + 1} times, for everybody.
      </p>
      <HintWords game={game} />
      <div class="row">
        <HintButton game={game} />
        <button type="button" onClick={() => decideRedeal(false)}>
          Keep my hand
        </button>
        <button type="button" class="primary" onClick={() => decideRedeal(true)}>
          Deal anew
        </button>
      </div>
    </section>
  );
}
