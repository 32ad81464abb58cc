// Events as sentences, for the live region and for the list “While you were away”.
import type { Piece, PlayType, ServerEvents } from './protocol/server';
import type { State } from './state';

export const PLAY_NAMES: Record<PlayType, string> = {
  INVALID: 'not a set',
  SINGLE: 'single',
  PAIR: 'pair',
  THREE_OF_A_KIND: 'three of a kind',
  FOUR_OF_A_KIND: 'four of a kind',
  FIVE_OF_A_KIND: 'five of a kind',
  STRAIGHT: 'straight',
  EXTENDED_STRAIGHT: 'extended straight',
  EXTENDED_STRAIGHT_5: 'extended straight of five',
  DOUBLE_STRAIGHT: 'double straight',
};

export const pieceName = (piece: Pick<Piece, 'color' | 'rank'>): string =>
  `${piece.color.toLowerCase()} ${piece.rank.toLowerCase()}`;

const capital = (word: string): string => word.slice(0, 1) + word.slice(1).toLowerCase();

/** For example `Red Chariot`. */
export const pieceTitle = (piece: Piece): string => `${capital(piece.color)} ${capital(piece.rank)}`;

/** For example `Ann, Ben and Cem`. */
export const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

const piles = (count: number): string => (count === 1 ? '1 pile' : `${count} piles`);

const REASONS = { disconnected: 'lost the connection', left: 'left', inactive: 'did not answer' } as const;

/** The notice about a player whose time ran out. */
export const timeoutText = (player: string, me: string): string =>
  player === me
    ? 'Your time ran out, so the server decided for you.'
    : `${player} ran out of time, so the server decided.`;

type Sentences = { [E in keyof ServerEvents]?: (message: ServerEvents[E], before: State) => string | null };

const sentences: Sentences = {
  player_joined: ({ data }) => (data.reconnected ? `${data.player_name} is back.` : `${data.player_name} joined.`),
  player_left: ({ data }) =>
    data.reason === 'removed' ? `${data.player_name} was removed.` : `${data.player_name} left.`,
  bot_activated: ({ data }) => `${data.player} ${REASONS[data.reason]}; a bot plays for them.`,
  player_timeout: ({ data }) => `${data.player} ran out of time.`,
  game_started: () => 'The game has started.',
  declaration_accepted: ({ data }) => `You declare ${piles(data.declaration)}.`,
  redeal_decision_accepted: ({ data }) =>
    data.decision === 'accept' ? 'You ask for a redeal.' : 'You keep your hand.',
  play_accepted: ({ data }) =>
    data.play_type === 'INVALID' ? 'You play pieces that are not a set.' : `You play a ${PLAY_NAMES[data.play_type]}.`,
  player_action: ({ data }) => {
    switch (data.action) {
      case 'declare':
        return `${data.player} declares ${piles(data.declaration)}.`;
      case 'play':
        return `${data.player} plays ${listed(data.pieces.map(pieceName))}.`;
      case 'accept_redeal':
        return `${data.player} asks for a redeal.`;
      case 'decline_redeal':
        return `${data.player} keeps a weak hand.`;
    }
  },
  special_bonus: ({ data }) => `${data.player} won exactly what they declared.`,
  phase_change: ({ data }, before) =>
    turnEnded(data.phase_data, before) ?? phaseBegan(data.phase, data.game_state.round_number, before),
  game_over: ({ data }) => `The game is over. ${listed(data.winners)} ${data.winners.length > 1 ? 'win' : 'wins'}.`,
};

/** The sentence on the turn that has just been completed; null if none was. */
function turnEnded(data: object, before: State): string | null {
  const last =
    'last_turn' in data
      ? (data as { last_turn: { turn_number: number; winner: string; piles: number } | null }).last_turn
      : null;
  const known = before.game?.phase;
  const wasOn = known?.name === 'TURN' && known.data.turn_number === last?.turn_number;
  return last && wasOn ? `${last.winner} wins ${piles(last.piles)}.` : null;
}

function phaseBegan(phase: string, round: number, before: State): string | null {
  if (before.game?.phase.name === phase && before.game.round === round) return null;
  return phase === 'DECLARATION'
    ? `Round ${round}: everyone declares.`
    : phase === 'SCORING'
      ? `Round ${round} is scored.`
      : null;
}

/** The sentence on an event; null if it needs none. `before` is the state before the event. */
export function narrate(before: State, message: { event: string }): string | null {
  const sentence = (
    Object.hasOwn(sentences, message.event) ? sentences[message.event as keyof ServerEvents] : undefined
  ) as ((message: unknown, before: State) => string | null) | undefined;
  return sentence?.(message, before) ?? null;
}
