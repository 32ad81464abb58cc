// The colours of wood and ink. A page may override them with custom properties on any ancestor of the pieces; the tests
// check the contrast of these defaults only.

/** The default of each custom property. */
export const DEFAULTS = {
  wood: '#f2d8a5',
  rim: '#a87435',
  edge: '#6b4519',
  back: '#9c6b35',
  red: '#a81010',
  black: '#1c1a18',
} as const;

/** The end of the wood's gradient; ink must be legible on it too. */
export const SHADE = { color: '#4a2800', opacity: 0.08 } as const;

/** The value of `fill` or `stroke` for one part of a piece. */
export const paint = (part: keyof typeof DEFAULTS): string => `var(--piece-${part}, ${DEFAULTS[part]})`;
