// What the ids of the pieces stand for, as docs/rules.md numbers them: by falling points, red before black.
import { type PieceColor, type PieceKind } from '../../pieces';

export interface ReplayPiece {
  id: string;
  rank: PieceKind;
  color: PieceColor;
  point: number;
}

/** Each rank with its points in red and how many there are of a colour. */
const RANKS: readonly [PieceKind, number, number][] = [
  ['GENERAL', 14, 1],
  ['ADVISOR', 12, 2],
  ['ELEPHANT', 10, 2],
  ['CHARIOT', 8, 2],
  ['HORSE', 6, 2],
  ['CANNON', 4, 2],
  ['SOLDIER', 2, 5],
];

const PIECES: ReadonlyMap<string, ReplayPiece> = new Map(
  RANKS.flatMap(([rank, points, count]) =>
    (['RED', 'BLACK'] as const).flatMap((color, at) =>
      Array.from({ length: count }, () => ({ rank, color, point: points - at })),
    ),
  ).map((piece, at) => [`p${at + 1}`, { id: `p${at + 1}`, ...piece }]),
);

/** The pieces of these ids; an unknown id has none. */
export const piecesOf = (ids: readonly string[]): ReplayPiece[] => ids.flatMap((id) => PIECES.get(id) ?? []);
