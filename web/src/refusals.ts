// What a refusal of contract game is in the words of a player, where the server's are for programs.
const WORDS: ReadonlyMap<string, string> = new Map([
  ['1003', 'This table does not exist. The game may be over, or the code may have a typo.'],
  ['1004', 'All four seats at this table are taken.'],
  ['2008', 'The game at this table has already started.'],
]);

/** Why the server closes the connection of somebody who is banned. */
export const BANNED = 'banned by an operator';

/** The code for somebody whom the host has removed from a table. */
export const REMOVED = '1008';

export const refusalWords = (code: string, message: string, details: unknown): string => {
  const wait = (details as { retry_after_ms?: number } | null)?.retry_after_ms;
  if (code === REMOVED && wait) return `${WAS_REMOVED} You can join it again in ${minutes(wait)}.`;
  return WORDS.get(code) ?? (/session token/.test(message) ? TAKEN : message);
};

/** What somebody reads whom the host has removed. */
export const WAS_REMOVED = 'The host removed you from this table.';

const minutes = (wait: number): string => (wait > 60_000 ? `${Math.ceil(wait / 60_000)} minutes` : 'a minute');

/** A secret is nothing that a player could bring. */
const TAKEN = 'Somebody at this table already has this name. Choose another one.';
