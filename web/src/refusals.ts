// What a refusal of contract game is in the words of a player, where the server's are for programs.
const WORDS: ReadonlyMap<string, string> = new Map([
  ['1003', 'There is no such table. The game may be over, or the code mistyped.'],
  ['1004', 'All four seats at this table are taken.'],
  ['2008', 'The game at this table has begun, so nobody can join any more.'],
]);

export const refusalWords = (code: string, message: string): string => WORDS.get(code) ?? (/session token/.test(message) ? TAKEN : message);

/** A secret is nothing that a player could bring. */
const TAKEN = 'Somebody at this table has this name already. Choose another.';
