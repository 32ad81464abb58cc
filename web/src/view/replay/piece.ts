// The pieces by their ids, which docs/rules.md numbers in order of falling points, red before black.
import { type PieceColor, type PieceKind } from '../../pieces';

export interface ReplayPiece {
  id: string;
  rank: PieceKind;
  color: PieceColor;
  point: number;
}

/** Each rank with the points of its red pieces and its number of pieces per colour. */
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

/** The pieces of these ids; unknown ids are skipped. */
export const piecesOf = (ids: readonly string[]): ReplayPiece[] => ids.flatMap((id) => PIECES.get(id) ?? []);
