// Texts for the messages of the live log.
import type { ErrorMessage, LogMessage, MessageType } from '../../protocol/live_log';

export interface Description {
  /** The name that the text is about; null if it is about nobody. */
  who: string | null;
  text: string;
  /** Short additional facts. */
  notes: readonly string[];
}

export const TYPE_NAMES: Record<MessageType, string> = {
  user: 'User',
  system: 'System',
  dm: 'DM',
  party: 'Party',
  raid: 'Raid',
  guild: 'Guild',
};

export const TYPE_HINTS: Record<MessageType, string> = {
  user: 'Public messages',
  system: 'Server messages',
  dm: 'Direct messages',
  party: 'Rooms and their players',
  raid: 'Games against bots',
  guild: 'Guilds',
};

type Of<T extends MessageType> = Extract<LogMessage, { type: T }>;

const notes = (...all: (string | false | null | undefined)[]): string[] =>
  all.filter((note): note is string => Boolean(note));
const spaced = (name: string): string => name.replaceAll('_', ' ');

const PARTY: Record<Of<'party'>['event'], string> = {
  member_joined: 'joins the room',
  member_left: 'leaves the room',
  member_promoted: 'is now the host',
  disbanded: 'The room is closed',
  level_bonus: 'earns a bonus',
};
const GUILD: Record<Of<'guild'>['event'], string> = {
  member_joined: 'has a new member',
  member_left: 'loses a member',
  conquest_started: 'starts a conquest',
  conquest_complete: 'completes a conquest',
  upgrade_complete: 'has reached a level',
  war_declared: 'is at war',
  treasury_deposit: 'adds to its treasury',
};
const RAID: Record<Of<'raid'>['status'], string> = {
  preparing: 'prepares',
  in_progress: 'is in progress',
  wipe: 'was lost to the bots',
  victory: 'was won against the bots',
};
const SYSTEM: Record<Of<'system'>['event'], string> = {
  user_joined: 'comes online',
  user_left: 'goes offline',
  user_leveled_up: 'has reached a level',
  raid_started: 'A game against bots starts',
  server_maintenance: 'Server maintenance',
  error: 'Error',
};

type Descriptions = { [T in MessageType]: (message: Of<T>) => Description };

const descriptions: Descriptions = {
  user: ({ username, content, metadata, user_badge }) => ({
    who: username,
    text: content,
    notes: notes(metadata.channel, user_badge, metadata.level != null && `level ${metadata.level}`),
  }),
  dm: ({ from_username, content, read }) => ({
    who: from_username,
    text: content,
    notes: notes('direct', !read && 'unread'),
  }),
  party: ({ event, event_data, leader_name, member_count, party_id }) => ({
    who: event === 'disbanded' ? null : (event_data.member_name ?? leader_name),
    text: PARTY[event] ?? spaced(event),
    notes: notes(
      `room ${party_id}`,
      event !== 'disbanded' && (member_count === 1 ? '1 player' : `${member_count} players`),
    ),
  }),
  raid: ({ raid_name, status, boss_name, difficulty, health_percentage, participants }) => ({
    who: raid_name,
    text: RAID[status] ?? spaced(status),
    notes: notes(
      `${participants.map(({ username }) => username).join(', ')} against ${boss_name}`,
      difficulty,
      status === 'in_progress' && `boss at ${health_percentage} %`,
    ),
  }),
  guild: ({ guild_name, guild_level, event, event_data }) => ({
    who: guild_name,
    text: GUILD[event] ?? spaced(event),
    notes: notes(
      `level ${guild_level}`,
      event_data.points_earned != null && `${event_data.points_earned} points`,
      event_data.territory,
    ),
  }),
  system: ({ event, data, severity }) => ({
    who: data.username ?? null,
    text: [SYSTEM[event] ?? spaced(event), typeof data['message'] === 'string' ? data['message'] : '']
      .filter(Boolean)
      .join(': '),
    notes: notes(severity !== 'info' && severity, data.count_online != null && `${data.count_online} online`),
  }),
};

export const describe = (message: LogMessage): Description =>
  (descriptions[message.type] as (message: LogMessage) => Description)(message);

const CODES: Partial<Record<ErrorMessage['error_code'], string>> = {
  1002: 'The server did not understand this request',
  1008: 'You no longer have access to this log',
  1009: 'The message was too long',
  1011: 'The server could not do this right now',
  4000: 'Only players with an account can read this log',
  4001: 'This token or key is not valid',
  4002: 'Your session has expired; log in again',
  4003: 'Too many requests',
};

/** The text for an error, with the time to wait if the server sends one. */
export function errorText({ error_code, error_message, details }: ErrorMessage): string {
  const wait = details['reset_in_seconds'] ?? details['retry_after'];
  const issue = typeof details['issue'] === 'string' ? details['issue'] : '';
  const when = typeof wait === 'number' ? `Try again in ${Math.ceil(wait)} s` : issue;
  return [CODES[error_code] ?? error_message, when].filter(Boolean).join('. ');
}
