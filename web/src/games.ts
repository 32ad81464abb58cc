// The games that were finished in this browser, which the server has no list of.
import { of, valuesOf } from './by_name';
import { keep } from './keep';
import type { GameOver } from './protocol/server';
import type { State } from './state';

export interface PlayedGame {
  room: string;
  name: string;
  /** Milliseconds since 1970. */
  at: number;
  /** From 1; those with as many points share one. */
  place: number;
  score: number;
  /** The account that played it; null for a guest. */
  account: string | null;
  /** What opens a guest's replay: the seat's secret. An account needs none. */
  secret?: string;
}

/** As many as anybody looks back. */
const MOST = 50;

export const gamesOf = (account: string | null): PlayedGame[] =>
  keep.get<PlayedGame[]>('games', []).filter((game) => game.account === account);

/** The game of `state` with its end. */
export function played(state: State, { final_scores }: GameOver, at: number): PlayedGame | null {
  const { room, name, account } = state;
  const score = of(final_scores, name);
  if (!room || score === undefined) return null;
  const place = 1 + valuesOf(final_scores).filter((other) => other > score).length;
  return { room: room.id, name: room.name, at, place, score, account: account?.id ?? null };
}

/** Keeps it, once, also when its end is told again. */
export function keepGame(game: PlayedGame | null): void {
  const before = keep.get<PlayedGame[]>('games', []);
  if (!game || before.some(({ room }) => room === game.room)) return;
  const secret = game.account === null ? keep.seatOf(game.room)?.token : undefined;
  keep.set('games', [secret ? { ...game, secret } : game, ...before].slice(0, MOST));
}

/** The secret of the seat that this browser has or had there, if it is known. */
export const secretOf = (room: string): string | null =>
  keep.seatOf(room)?.token ?? keep.get<PlayedGame[]>('games', []).find((game) => game.room === room)?.secret ?? null;
