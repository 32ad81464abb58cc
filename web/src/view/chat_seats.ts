// Who is at the table: each seat with whether its player is there.
import type { Game, Room } from '../state';

/** `away`: a bot plays on for a person whose connection is lost, or who does not answer. */
export type Presence = 'here' | 'away' | 'bot';

export interface Present {
  name: string;
  position: number;
  presence: Presence;
}

export const PRESENCE_TEXTS: Record<Presence, string> = { here: 'here', away: 'away, a bot plays', bot: 'bot' };

/** The seats that are taken, in order. */
export function presentAt(room: Room, game: Game | null): Present[] {
  return room.seats.map(({ name, position, is_bot }) => {
    const isActive = game?.players.find((player) => player.name === name)?.is_active ?? true;
    return { name, position, presence: is_bot ? 'bot' : isActive ? 'here' : 'away' };
  });
}

/** A bot's name says that it is one, and so does its mark. */
export const bare = (name: string): string => name.replace(/ \(bot\)$/, '');
