// The check of the deck, in words: what was promised, what was told at the end, and what was compared with it.
import { useEffect, useState } from 'preact/hooks';
import type { GameOver } from '../../protocol/server';
import type { Game } from '../../state';
import { state } from '../../store';
import type { Verdict } from './fair';

export function Fairness({ game, over }: { game: Game; over: GameOver }) {
  const verdict = useVerdict(game, over);
  const { commitment } = game;
  if (!commitment)
    return (
      <p class="hint">
        The deck can’t be checked here: this page did not hear the promise that was made before the first deal.
      </p>
    );
  if (verdict === 'impossible') return <p class="hint">This browser can’t check the deck on a page without https.</p>;
  if (!verdict) return <p class="hint">The deck is checked …</p>;
  const { isPromised, dealt, rounds } = verdict;
  const isFair = isPromised && dealt.right === dealt.seen && rounds.right === rounds.seen;
  return (
    <div class={`fairness ${isFair ? '' : 'broken'}`}>
      <p role="status">
        {isFair
          ? '✓ Deck verified: it is the one that was promised before the first deal.'
          : '✗ The deck is not the one that was promised.'}
      </p>
      <details>
        <summary>What was compared</summary>
        <ul>
          <li>{mark(isPromised)} SHA-256 of the seed against the promise.</li>
          <li>
            {mark(dealt.right === dealt.seen)} Your hands as they were dealt: {dealt.right} of {dealt.seen} are what the
            seed gives.
          </li>
          <li>
            {mark(rounds.right === rounds.seen)} All four hands, from what everybody played: {rounds.right} of{' '}
            {rounds.seen} rounds
            {rounds.seen < over.rounds_played &&
              ` (${over.rounds_played} were played; of the others this page did not see all)`}
            .
          </li>
        </ul>
        <p>
          Promised before the first deal <code>{commitment}</code>
        </p>
        <p>
          Seed, told at the end <code>{over.deck_seed}</code>
        </p>
      </details>
    </div>
  );
}

const mark = (isRight: boolean): string => (isRight ? '✓' : '✗');

function useVerdict(game: Game, over: GameOver): Verdict | 'impossible' | null {
  const [verdict, tell] = useState<Verdict | 'impossible' | null>(null);
  const { commitment, witness } = game;
  useEffect(() => {
    if (!commitment) return;
    const seats = [...game.players].sort((a, b) => a.position - b.position).map(({ name }) => name);
    const deals = over.rounds_played + over.statistics.redeals;
    import('./fair')
      .then(({ verify }) => verify(over.deck_seed, commitment, witness, seats, state.value.name, deals))
      .then(tell, () => tell('impossible'));
  }, [commitment, witness]);
  return verdict;
}
