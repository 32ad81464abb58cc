// The result of verifying the deal: the commitment, the revealed seed, and what was compared.
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
        The deal can’t be verified here: this page did not receive the commitment sent before the first deal.
      </p>
    );
  if (verdict === 'impossible') return <p class="hint">This browser can verify the deal only over https.</p>;
  if (!verdict) return <p class="hint">Verifying the deal…</p>;
  const { matchesCommitment, dealt, rounds } = verdict;
  const isFair = matchesCommitment && dealt.right === dealt.seen && rounds.right === rounds.seen;
  return (
    <div class={`fairness ${isFair ? '' : 'broken'}`}>
      <p role="status">
        {isFair ? '✓ Fair deal verified' : '✗ The deal does not match the commitment sent before the first deal.'}
      </p>
      <details>
        <summary>Details</summary>
        <ul>
          <li>{mark(matchesCommitment)} SHA-256 of the seed against the commitment.</li>
          <li>
            {mark(dealt.right === dealt.seen)} Your hands as dealt: {dealt.right} of {dealt.seen} match the seed.
          </li>
          <li>
            {mark(rounds.right === rounds.seen)} All four hands, from what everyone played: {rounds.right} of{' '}
            {rounds.seen} rounds match the seed
            {rounds.seen < over.rounds_played &&
              ` (of ${over.rounds_played} played; this page did not see all of the others)`}
            .
          </li>
        </ul>
        <p>
          Commitment, sent before the first deal <code>{commitment}</code>
        </p>
        <p>
          Seed, revealed at the end <code>{over.deck_seed}</code>
        </p>
      </details>
    </div>
  );
}

const mark = (isRight: boolean): string => (isRight ? '✓' : '✗');

function useVerdict(game: Game, over: GameOver): Verdict | 'impossible' | null {
  const [verdict, setVerdict] = useState<Verdict | 'impossible' | null>(null);
  const { commitment, observations } = game;
  useEffect(() => {
    if (!commitment) return;
    const seats = [...game.players].sort((a, b) => a.position - b.position).map(({ name }) => name);
    const deals = over.rounds_played + over.statistics.redeals;
    import('./fair')
      .then(({ verify }) => verify(over.deck_seed, commitment, observations, seats, state.value.name, deals))
      .then(setVerdict, () => setVerdict('impossible'));
  }, [commitment, observations]);
  return verdict;
}
