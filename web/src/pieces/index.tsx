// The game's pieces. A plain stand-in with the names and props of the drawn ones.
export const KINDS = ['GENERAL', 'ADVISOR', 'ELEPHANT', 'CHARIOT', 'HORSE', 'CANNON', 'SOLDIER'] as const;
export type PieceKind = (typeof KINDS)[number];
export type PieceColor = 'RED' | 'BLACK';

export interface PieceFaceProps {
  kind: PieceKind;
  color: PieceColor;
  label?: string | undefined;
  points?: number | undefined;
}

export const PieceDefs = () => null;
export const PieceBack = () => <svg class="piece" viewBox="0 0 100 100" aria-hidden="true"><circle cx="50" cy="50" r="48" fill="#7a4b21" /></svg>;

export function PieceFace({ kind, color, label }: PieceFaceProps) {
  const ink = color === 'RED' ? '#b3261e' : '#222';
  return (
    <svg class="piece" viewBox="0 0 100 100" role={label ? 'img' : undefined} aria-label={label} aria-hidden={label ? undefined : 'true'}>
      <circle cx="50" cy="50" r="48" fill="#8a5a2b" />
      <circle cx="50" cy="50" r="43" fill="#f3e0b8" stroke={ink} stroke-width="3" />
      {KINDS.slice(KINDS.indexOf(kind)).map((other, at) => <circle key={other} cx={26 + (at % 3) * 24} cy={30 + Math.floor(at / 3) * 20} r="7" fill={ink} />)}
    </svg>
  );
}
