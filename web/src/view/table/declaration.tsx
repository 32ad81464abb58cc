// The declaration: asks how many piles the player will win, and offers the numbers that the server allows.
import { useState } from 'preact/hooks';
import { declare } from '../../actions';
import { countOf } from '../../by_name';
import type { Declaring } from '../../protocol/server';
import { state } from '../../store';
import { HintButton, HintText, hintFor } from './hint';

export function DeclarationChooser({ asked }: { asked: Declaring }) {
  const [isSending, setSending] = useState(false);
  const { game, name } = state.value;
  if (!game || asked.current_player !== name) return null;
  const hint = hintFor(game);
  const send = async (piles: number) => {
    setSending(true);
    await declare(piles);
    setSending(false);
  };
  return (
    <section class="question" aria-labelledby="declare">
      <h2 id="declare">How many piles will you win?</h2>
      {countOf(asked.declarations) > 0 && <p class="hint">Declared so far: {asked.total_declared} of 8.</p>}
      <div class="numbers">
        {[0, 1, 2, 3, 4, 5, 6, 7, 8].map((piles) => (
          <button
            key={piles}
            type="button"
            disabled={isSending || !asked.valid_declarations.includes(piles)}
            class={hint?.type === 'declare' && hint.value === piles ? 'hinted' : ''}
            onClick={() => send(piles)}
            aria-label={`Declare ${piles}`}
          >
            {piles}
          </button>
        ))}
      </div>
      <div class="row">
        <HintText game={game} />
        <HintButton game={game} />
      </div>
    </section>
  );
}
