// The fourteen kinds of pieces, spelled as in the contract (`rank` and `color` of `hand_updated`).

/** The ranks, strongest first. */
export const KINDS = ['GENERAL', 'ADVISOR', 'ELEPHANT', 'CHARIOT', 'HORSE', 'CANNON', 'SOLDIER'] as const;
export const COLORS = ['RED', 'BLACK'] as const;

export type PieceKind = (typeof KINDS)[number];
export type PieceColor = (typeof COLORS)[number];
