// Finds a table's code in what people paste: a link, a code with dashes or blanks, or a whole sentence.

/** The characters of a code: letters and digits without the look-alikes I, O, 0 and 1. */
const SIGN = '[A-HJ-NP-Za-hj-np-z2-9]';
const WHOLE = new RegExp(`^${SIGN}{8}$`);
/** After `/room/` or `/replay/`: eight characters, possibly in groups, not followed by another letter or digit. */
const LINKED = new RegExp(`/(?:room|replay)/+[^\\p{L}\\p{N}]*((?:${SIGN}[-–—_. ]?){7}${SIGN})(?![\\p{L}\\p{N}])`, 'iu');
const WORD = new RegExp(`(?<![\\p{L}\\p{N}])(?:${SIGN}{8}|${SIGN}{4}[-–—]${SIGN}{4})(?![\\p{L}\\p{N}])`, 'gu');
const SPACED = new RegExp(`(?<![\\p{L}\\p{N}])${SIGN}{4} ${SIGN}{4}(?![\\p{L}\\p{N}])`, 'gu');

const bare = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '');

/** Decodes an address, even one that is cut off in the middle of `%20`. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text.replace(/%[0-9a-f]{0,2}/gi, ' ');
  }
}

/** The code in a text; null if there is none. */
export function codeIn(text: string): string | null {
  // Full-width letters become plain ones, and invisible characters are dropped.
  const plain = decoded(text)
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .trim();
  const linked = LINKED.exec(plain)?.[1];
  const whole = WHOLE.test(bare(plain)) ? plain : undefined;
  const words = plain.match(WORD) ?? [];
  // Most codes have a digit and ordinary words have none; capitals are the next best sign.
  const spoken =
    words.find((word) => /\d/.test(word)) ??
    words.find((word) => word === word.toUpperCase()) ??
    plain.match(SPACED)?.find((word) => /\d/.test(word));
  const code = linked ?? whole ?? spoken;
  return code === undefined ? null : bare(code).toUpperCase();
}
