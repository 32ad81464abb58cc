// A table's code as people send it: in a link, with a slash, a query or a dash, or in the middle of a sentence.

/** The characters of a code: letters and digits that do not look like one another. */
const SIGN = '[A-HJ-NP-Za-hj-np-z2-9]';
const WHOLE = new RegExp(`^${SIGN}{8}$`);
/** After `/room/`: eight characters, perhaps in groups, and then something else. */
const LINKED = new RegExp(`/(?:room|replay)/+[^\\p{L}\\p{N}]*((?:${SIGN}[-–—_. ]?){7}${SIGN})(?![\\p{L}\\p{N}])`, 'iu');
const WORD = new RegExp(`(?<![\\p{L}\\p{N}])(?:${SIGN}{8}|${SIGN}{4}[-–—]${SIGN}{4})(?![\\p{L}\\p{N}])`, 'gu');
const SPACED = new RegExp(`(?<![\\p{L}\\p{N}])${SIGN}{4} ${SIGN}{4}(?![\\p{L}\\p{N}])`, 'gu');

const bare = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '');

/** What an address says, also one that is cut off in the middle of `%20`. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text.replace(/%[0-9a-f]{0,2}/gi, ' ');
  }
}

/** The code in a text; null if there is none. */
export function codeIn(text: string): string | null {
  // Wide letters become plain ones; what can't be seen, as between the words of a message, is left out.
  const plain = decoded(text)
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .trim();
  const linked = LINKED.exec(plain)?.[1];
  const whole = WHOLE.test(bare(plain)) ? plain : undefined;
  const words = plain.match(WORD) ?? [];
  // Most codes have a digit, and other words have none; capitals are the next best sign.
  const spoken =
    words.find((word) => /\d/.test(word)) ??
    words.find((word) => word === word.toUpperCase()) ??
    plain.match(SPACED)?.find((word) => /\d/.test(word));
  const code = linked ?? whole ?? spoken;
  return code === undefined ? null : bare(code).toUpperCase();
}
