// A piece drawn as a wooden disc. Its shapes are defined once per page and referenced by id.
import type { ComponentChildren } from 'preact';
import { SHADE, paint } from './colors';
import { DIGITS } from './digits';
import { COLORS, KINDS, type PieceColor, type PieceKind } from './kinds';
import { GLYPH_SCALE, SOFTENING, glyphPath } from './outline';
import { GLYPHS } from './strokes';

const PLACE = `translate(${50 - 50 * GLYPH_SCALE} ${50 - 50 * GLYPH_SCALE}) scale(${GLYPH_SCALE})`;

const WOOD = paint('wood');
const INK: Readonly<Record<PieceColor, string>> = { RED: paint('red'), BLACK: paint('black') };

const symbolId = (kind: PieceKind, color: PieceColor): string => `piece-${color}-${kind}`.toLowerCase();

/** The shapes that every piece uses: mount it once, at the app's root. */
export function PieceDefs() {
  return (
    <svg aria-hidden="true" width="0" height="0" style={{ position: 'absolute' }}>
      <defs>
        <radialGradient id="piece-light" cx="38%" cy="30%" r="75%">
          <stop offset="0" stop-color="#fff" stop-opacity="0.55" />
          <stop offset="0.55" stop-color="#fff" stop-opacity="0" />
          <stop offset="1" stop-color={SHADE.color} stop-opacity={SHADE.opacity} />
        </radialGradient>
        <linearGradient id="piece-bevel" x1="0.2" y1="0" x2="0.8" y2="1">
          <stop offset="0" stop-color="#fff" stop-opacity="0.6" />
          <stop offset="0.5" stop-color="#fff" stop-opacity="0" />
          <stop offset="1" stop-color="#000" stop-opacity="0.4" />
        </linearGradient>
      </defs>
      <symbol id="piece-disc" viewBox="0 0 100 100">
        <circle cx="50" cy="50" r="49" fill={paint('edge')} />
        <circle cx="50" cy="50" r="48" fill={paint('rim')} />
        <circle cx="50" cy="50" r="48" fill="url(#piece-bevel)" />
        <circle cx="50" cy="50" r="45.5" fill={WOOD} />
        <circle cx="50" cy="50" r="45.5" fill="url(#piece-light)" />
      </symbol>
      <symbol id="piece-back" viewBox="0 0 100 100">
        <use href="#piece-disc" />
        <circle cx="50" cy="50" r="46" fill={paint('back')} />
        <circle cx="50" cy="50" r="45.5" fill="url(#piece-light)" />
        <g fill="none" stroke={WOOD} stroke-width="2" opacity="0.55">
          <circle cx="50" cy="50" r="39" />
          <path d="M50 24 76 50 50 76 24 50ZM50 36 64 50 50 64 36 50Z" />
        </g>
      </symbol>
      {COLORS.map((color) => KINDS.map((kind) => <FaceSymbol key={kind + color} kind={kind} color={color} />))}
    </svg>
  );
}

function FaceSymbol({ kind, color }: { kind: PieceKind; color: PieceColor }) {
  const ink = INK[color];
  return (
    <symbol id={symbolId(kind, color)} viewBox="0 0 100 100">
      <use href="#piece-disc" />
      <g fill="none" stroke={ink}>
        <circle cx="50" cy="50" r="42.6" stroke-width="1.8" />
        {color === 'RED' && <circle cx="50" cy="50" r="39.6" stroke-width="1.2" />}
      </g>
      <path
        d={glyphPath(GLYPHS[color][kind])}
        transform={PLACE}
        fill={ink}
        stroke={ink}
        stroke-width={SOFTENING}
        stroke-linejoin="round"
      />
    </symbol>
  );
}

export interface PieceFaceProps {
  /** The `rank` of a piece in the contract. */
  kind: PieceKind;
  /** The `color` of a piece in the contract. */
  color: PieceColor;
  /** The text for screen readers; without it the piece is hidden from them. */
  label?: string | undefined;
  /** The `point` of a piece in the contract, 1 to 14, shown on the rim. */
  points?: number | undefined;
}

/** A piece, face up; as wide as its parent or the class `piece` makes it. */
export function PieceFace({ kind, color, label, points }: PieceFaceProps) {
  return (
    <Frame label={label}>
      <use href={`#${symbolId(kind, color)}`} />
      {points !== undefined && <Points points={points} color={color} />}
    </Frame>
  );
}

/** A piece, face down. */
export function PieceBack({ label }: { label?: string | undefined }) {
  return (
    <Frame label={label}>
      <use href="#piece-back" />
    </Frame>
  );
}

function Frame({ label, children }: { label: string | undefined; children: ComponentChildren }) {
  const accessibility =
    label === undefined ? { 'aria-hidden': true as const } : { role: 'img' as const, 'aria-label': label };
  return (
    <svg class="piece" viewBox="0 0 100 100" focusable="false" {...accessibility}>
      {label !== undefined && <title>{label}</title>}
      {children}
    </svg>
  );
}

/** The points in a pill at the lower right: 8 px high on a piece of 44 px. */
function Points({ points, color }: { points: number; color: PieceColor }) {
  const digits = [...String(points)];
  const width = 17 + 13 * digits.length;
  const left = 99 - width;
  return (
    <g>
      <rect x={left} y="69" width={width} height="30" rx="15" fill={INK[color]} stroke={WOOD} stroke-width="2" />
      <g fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round">
        {digits.map((digit, at) => (
          <path key={at} d={DIGITS[Number(digit)]} transform={`translate(${left + 9.5 + 14 * at} 74.4) scale(1.2)`} />
        ))}
      </g>
    </g>
  );
}
