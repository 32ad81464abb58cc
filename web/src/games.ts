// The games that were finished in this browser; the server has no such list.
import { of, valuesOf } from './by_name';
import { keep } from './keep';
import type { GameOver } from './protocol/server';
import type { State } from './state';

export interface PlayedGame {
  room: string;
  name: string;
  /** When the game ended, in milliseconds since 1970. */
  at: number;
  /** 1 to 4; players with equal points share a place. */
  place: number;
  score: number;
  /** The account that played; null for a guest. */
  account: string | null;
  /** The session token of a guest's seat, which gives access to the replay. An account needs none. */
  secret?: string;
}

/** The number of games to keep. */
const MOST = 50;

export const gamesOf = (account: string | null): PlayedGame[] =>
  keep.get<PlayedGame[]>('games', []).filter((game) => game.account === account);

/** The finished game of `state` from the player's side; null if they have no score in it. */
export function played(state: State, { final_scores }: GameOver, at: number): PlayedGame | null {
  const { room, name, account } = state;
  const score = of(final_scores, name);
  if (!room || score === undefined) return null;
  const place = 1 + valuesOf(final_scores).filter((other) => other > score).length;
  return { room: room.id, name: room.name, at, place, score, account: account?.id ?? null };
}

/** Stores the game once, even if `game_over` is received again. */
export function keepGame(game: PlayedGame | null): void {
  const before = keep.get<PlayedGame[]>('games', []);
  if (!game || before.some(({ room }) => room === game.room)) return;
  const secret = game.account === null ? keep.seatOf(game.room)?.token : undefined;
  keep.set('games', [secret ? { ...game, secret } : game, ...before].slice(0, MOST));
}

/** The session token of the seat that this browser has or had in the room; null if it is not known. */
export const secretOf = (room: string): string | null =>
  keep.seatOf(room)?.token ?? keep.get<PlayedGame[]>('games', []).find((game) => game.room === room)?.secret ?? null;
