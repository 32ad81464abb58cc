// Hints: what a bot would do in this seat. The seat's session token is enough, so guests get hints too.
import { signal } from '@preact/signals';
import { pieceTitle } from '../../narrate';
import { secretOf } from '../../games';
import { Refusal, restOfSeat } from '../../rest';
import type { Game } from '../../state';
import { state } from '../../store';

/** The answer of `POST /ai/action` (docs/battles.md). */
interface Hint {
  action:
    | { type: 'play'; pieceIds: string[] }
    | { type: 'declare'; value: number }
    | { type: 'accept_redeal' | 'decline_redeal' };
  difficulty: string;
}

const LEVEL = 'hard';

/** The last hint or the reason why there is none, and the decision that it was for. */
const given = signal<{ decision: string; hint: Hint | null; refused: string } | null>(null);
const isAsking = signal(false);

const decisionOf = (game: Game | null): string =>
  `${state.value.room?.id} ${game?.round} ${game?.phase.name} ${game?.turn}`;

/** The hint for the current decision; null if there is none. */
export function hintFor(game: Game | null): Hint['action'] | null {
  const last = given.value;
  return last?.decision === decisionOf(game) ? (last.hint?.action ?? null) : null;
}

async function ask(game: Game): Promise<void> {
  const decision = decisionOf(game);
  const battleId = state.value.room?.id ?? '';
  isAsking.value = true;
  try {
    const hint = await restOfSeat<Hint>(secretOf(battleId), 'POST', '/ai/action', { battleId, difficulty: LEVEL });
    given.value = { decision, hint, refused: '' };
  } catch (error) {
    given.value = { decision, hint: null, refused: refusalText(error) };
  }
  isAsking.value = false;
}

function refusalText(error: unknown): string {
  if (!(error instanceof Refusal)) return 'No hint is available.';
  const texts = new Map(
    Object.entries({
      NOT_SEATED: 'Hints are only available for your own seat.',
      UNAUTHORIZED: 'Hints are only available for your own seat.',
      RATE_LIMITED: 'Too many hints. Wait a moment.',
      BUSY: 'The server is too busy for a hint.',
      OFFLINE: 'You are offline, so there are no hints.',
    }),
  );
  return texts.get(error.code) ?? error.message;
}

export function HintButton({ game }: { game: Game }) {
  return (
    <button type="button" disabled={isAsking.value} onClick={() => ask(game)}>
      Hint
    </button>
  );
}

export function HintText({ game }: { game: Game }) {
  const last = given.value;
  if (last?.decision !== decisionOf(game)) return null;
  return (
    <p class="hint-words" role="status">
      {last.hint ? `A ${last.hint.difficulty} bot would ${worded(last.hint.action)}.` : last.refused}
    </p>
  );
}

function worded(action: Hint['action']): string {
  switch (action.type) {
    case 'declare':
      return `declare ${action.value}`;
    case 'play': {
      const pieces = action.pieceIds.map((id) => state.value.hand?.pieces.find((piece) => piece.id === id));
      return `play ${pieces.map((piece) => (piece ? pieceTitle(piece) : 'a piece')).join(', ')}`;
    }
    case 'accept_redeal':
      return 'ask for a redeal';
    case 'decline_redeal':
      return 'keep your hand';
  }
}
