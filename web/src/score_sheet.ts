// How long a round's scores stay on screen: long enough to read them, although the server has continued.
import { shortened } from './names';
import { currentPlayer, isAsked, type ScoreSheet, type State } from './state';

/** Milliseconds for which the scores stay at least, although the game continues. */
export const SHOWN = 5_000;
/** Seconds that the player's next decision must have left when the scores close by themselves. */
const LEFT = 10;

/** The state with a score sheet if a round has just been scored. */
export function withSheet(state: State, now: number): State {
  const { game, sheet } = state;
  if (game?.phase.name === 'SCORING') {
    const { round, bonuses, phase } = game;
    return sheet?.round === round
      ? state
      : { ...state, sheet: { round, scored: phase.data, bonuses, at: now, isRead: false } };
  }
  // While missed events are replayed, the scores of earlier rounds are not shown.
  return state.catchingUp > 0 && sheet ? { ...state, sheet: null } : state;
}

/** The score sheet to show now; null if there is none or it was closed. */
export const sheetOf = ({ sheet }: State): ScoreSheet | null => (sheet && !sheet.isRead ? sheet : null);

/** Whether all other players are bots, so that nobody is kept waiting. */
const isAlone = ({ game, name }: State): boolean =>
  game?.players.every((player) => player.is_bot || player.name === name) ?? false;

/** When the scores close by themselves, in milliseconds since 1970; null if only the player or the server ends them. */
export function closesAt(state: State): number | null {
  const { game, sheet, clockOffset } = state;
  if (!game || !sheet || game.phase.name === 'SCORING') return null;
  const atLeast = sheet.at + SHOWN;
  if (!isAlone(state)) return atLeast;
  if (!isAsked(state) || game.deadline === null) return null;
  const left = Math.min(LEFT, (game.allotted ?? LEFT) / 2);
  return Math.max(atLeast, (game.deadline - clockOffset - left) * 1000);
}

/** What the game is waiting for behind the scores. */
export function waitingText(state: State): string {
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
