// The sides of the table from one player's view: the player's own seat is nearest, the others follow in order of play.
import type { PlayerData } from './protocol/server';
import type { Game } from './state';

const SIDES = ['me', 'left', 'across', 'right'] as const;

export type Side = (typeof SIDES)[number];

/** A player and their side of the table. */
export interface Sided {
  player: PlayerData;
  side: Side;
}

/** The side of the seat `position`, seen from the seat `mine`; both are 0 to 3. */
export const sideOf = (position: number, mine: number): Side => SIDES[(position - mine + 4) % 4] as Side;

/** The players in seat order, each with their side as the player `name` sees it. */
export function around(game: Game, name: string): Sided[] {
  const mine = game.players.find((player) => player.name === name)?.position ?? 0;
  return game.players.map((player) => ({ player, side: sideOf(player.position, mine) }));
}
