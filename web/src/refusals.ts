// Texts for errors of contract game whose own text is not meant for players.
const TEXTS: ReadonlyMap<string, string> = new Map([
  ['1003', 'This table does not exist. The game may be over, or the code may have a typo.'],
  ['1004', 'All four seats at this table are taken.'],
  ['2008', 'The game at this table has already started.'],
]);

/** The close reason that the server sends to a banned player. */
export const BANNED = 'banned by an operator';

/** The error code for a player who was removed by the host. */
export const REMOVED = '1008';

export const refusalText = (code: string, message: string, details: unknown): string => {
  const wait = (details as { retry_after_ms?: number } | null)?.retry_after_ms;
  if (code === REMOVED && wait) return `${WAS_REMOVED} You can join it again in ${minutes(wait)}.`;
  return TEXTS.get(code) ?? (/session token/.test(message) ? TAKEN : message);
};

/** The notice for a player who was removed by the host. */
export const WAS_REMOVED = 'The host removed you from this table.';

const minutes = (wait: number): string => (wait > 60_000 ? `${Math.ceil(wait / 60_000)} minutes` : 'a minute');

/** Replaces the server's advice to send the seat's session token: a player can't do that. */
const TAKEN = 'Somebody at this table already has this name. Choose another one.';
