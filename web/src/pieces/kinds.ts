// The fourteen pieces, spelt as the wire spells them (`rank` and `color` of `hand_updated`).

/** A piece's kind: the wire's `rank`, strongest first. */
export const KINDS = ['GENERAL', 'ADVISOR', 'ELEPHANT', 'CHARIOT', 'HORSE', 'CANNON', 'SOLDIER'] as const;
/** A piece's colour: the wire's `color`. */
export const COLORS = ['RED', 'BLACK'] as const;

/** One of {@link KINDS}. */
export type PieceKind = (typeof KINDS)[number];
/** One of {@link COLORS}. */
export type PieceColor = (typeof COLORS)[number];
