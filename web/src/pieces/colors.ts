// The colours of wood and ink; a page may set the custom property on any ancestor of the pieces.
// Whoever sets them keeps the contrast; the tests hold it for these defaults only.

/** What each custom property is when the page sets none. */
export const DEFAULTS = {
  wood: '#f2d8a5',
  rim: '#a87435',
  edge: '#6b4519',
  back: '#9c6b35',
  red: '#a81010',
  black: '#1c1a18',
} as const;

/** The shade that the wood's gradient ends in, and how much of it: ink must be legible on that too. */
export const SHADE = { color: '#4a2800', opacity: 0.08 } as const;

/** The paint of one part of a piece, for `fill` and `stroke`. */
export const paint = (part: keyof typeof DEFAULTS): string => `var(--piece-${part}, ${DEFAULTS[part]})`;
