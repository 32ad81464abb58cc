// The players at the table, with their presence.
import type { Game, Room } from '../state';

/** `away`: a bot plays for a person who is disconnected or does not answer. */
export type Presence = 'here' | 'away' | 'bot';

export interface Present {
  name: string;
  position: number;
  presence: Presence;
}

export const PRESENCE_TEXTS: Record<Presence, string> = { here: 'here', away: 'away, a bot plays', bot: 'bot' };

/** The players in the order of the room's seats. */
export function presentAt(room: Room, game: Game | null): Present[] {
  return room.seats.map(({ name, position, is_bot }) => {
    const isActive = game?.players.find((player) => player.name === name)?.is_active ?? true;
    return { name, position, presence: is_bot ? 'bot' : isActive ? 'here' : 'away' };
  });
}

/** A bot's name without its suffix ` (bot)`, for places where bots are tagged anyway. */
export const bare = (name: string): string => name.replace(/ \(bot\)$/, '');
