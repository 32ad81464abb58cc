// How a round went, for as long as a person needs to read it: the server goes on at its own pace.
import { shortened } from './names';
import { currentPlayer, isAsked, type ScoreSheet, type State } from './state';

/** Milliseconds for which a sheet stays although the game goes on. */
export const SHOWN = 5_000;
/** Seconds that a decision must have left; a sheet that nobody closes makes way before. */
const LEFT = 10;

/** The state with a sheet for a round that has just been scored. */
export function withSheet(state: State, now: number): State {
  const { game, sheet } = state;
  if (game?.phase.name === 'SCORING') {
    const { round, bonuses, phase } = game;
    return sheet?.round === round
      ? state
      : { ...state, sheet: { round, scored: phase.data, bonuses, at: now, isRead: false } };
  }
  // What is told again of rounds before this one has been seen.
  return state.catchingUp > 0 && sheet ? { ...state, sheet: null } : state;
}

/** The sheet that is to be seen now. */
export const sheetOf = ({ sheet }: State): ScoreSheet | null => (sheet && !sheet.isRead ? sheet : null);

/** Whether nobody but this player could be kept waiting. */
const isAlone = ({ game, name }: State): boolean =>
  game?.players.every((player) => player.is_bot || player.name === name) ?? false;

/** When a sheet closes by itself, in milliseconds since 1970; null while only the player, or the server, can end it. */
export function closesAt(state: State): number | null {
  const { game, sheet, clockOffset } = state;
  if (!game || !sheet || game.phase.name === 'SCORING') return null;
  const atLeast = sheet.at + SHOWN;
  if (!isAlone(state)) return atLeast;
  if (!isAsked(state) || game.deadline === null) return null;
  const left = Math.min(LEFT, (game.allotted ?? LEFT) / 2);
  return Math.max(atLeast, (game.deadline - clockOffset - left) * 1000);
}

/** What waits behind the sheet, in words. */
export function waitingWords(state: State): string {
  const { game } = state;
  const phase = game?.phase.name;
  if (isAsked(state))
    return phase === 'DECLARATION'
      ? 'Your turn to declare'
      : phase === 'TURN'
        ? 'Your turn to play'
        : 'You may ask for a redeal';
  if (phase === 'GAME_OVER') return 'The game is over';
  const player = currentPlayer(game);
  const who = shortened(player ?? '');
  return player === null ? 'The next round begins' : phase === 'DECLARATION' ? `${who} declares` : `${who} plays`;
}
