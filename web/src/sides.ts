// The sides of the table as one player sees it: that player's seat is nearest, the others follow in the order of play.
import type { PlayerData } from './protocol/server';
import type { Game } from './state';

const SIDES = ['me', 'left', 'across', 'right'] as const;

export type Side = (typeof SIDES)[number];

/** A player and their side of the table. */
export interface Sided {
  player: PlayerData;
  side: Side;
}

/** The side of the seat at `position`, seen from the seat at `mine`; both are 0 to 3. */
export const sideOf = (position: number, mine: number): Side => SIDES[(position - mine + 4) % 4] as Side;

/** The players in the order of their seats, each with their side as `name` sees it. */
export function around(game: Game, name: string): Sided[] {
  const mine = game.players.find((player) => player.name === name)?.position ?? 0;
  return game.players.map((player) => ({ player, side: sideOf(player.position, mine) }));
}
