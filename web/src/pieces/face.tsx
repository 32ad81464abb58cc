// A piece drawn as a wooden disc; its shapes are defined once per page and used by name.
import type { ComponentChildren } from 'preact';
import { glyphPath } from './outline';
import { COLORS, KINDS, type PieceColor, type PieceKind } from './kinds';
import { GLYPHS } from './strokes';

/** How the 100 × 100 grid of a glyph lies on the 100 × 100 disc. */
export const GLYPH_SCALE = 0.56;
const PLACE = `translate(${50 - 50 * GLYPH_SCALE} ${50 - 50 * GLYPH_SCALE}) scale(${GLYPH_SCALE})`;

/** The colours; each can be set on any ancestor of the pieces. */
const WOOD = 'var(--piece-wood, #f0d5a0)';
const RIM = 'var(--piece-rim, #a87435)';
const EDGE = 'var(--piece-edge, #6b4519)';
const BACK = 'var(--piece-back, #9c6b35)';
const INK: Readonly<Record<PieceColor, string>> = {
  RED: 'var(--piece-red, #b01414)',
  BLACK: 'var(--piece-black, #1c1a18)',
};

const symbolId = (kind: PieceKind, color: PieceColor): string => `piece-${color}-${kind}`.toLowerCase();

/** The shapes that every piece uses: mount it once, at the app's root. */
export function PieceDefs() {
  return (
    <svg aria-hidden="true" width="0" height="0" style="position:absolute">
      <defs>
        <radialGradient id="piece-light" cx="38%" cy="30%" r="75%">
          <stop offset="0" stop-color="#fff" stop-opacity="0.55" />
          <stop offset="0.55" stop-color="#fff" stop-opacity="0" />
          <stop offset="1" stop-color="#4a2800" stop-opacity="0.22" />
        </radialGradient>
        <linearGradient id="piece-bevel" x1="0.2" y1="0" x2="0.8" y2="1">
          <stop offset="0" stop-color="#fff" stop-opacity="0.6" />
          <stop offset="0.5" stop-color="#fff" stop-opacity="0" />
          <stop offset="1" stop-color="#000" stop-opacity="0.4" />
        </linearGradient>
      </defs>
      <symbol id="piece-disc" viewBox="0 0 100 100">
        <circle cx="50" cy="50" r="49" fill={EDGE} />
        <circle cx="50" cy="50" r="48" fill={RIM} />
        <circle cx="50" cy="50" r="48" fill="url(#piece-bevel)" />
        <circle cx="50" cy="50" r="44" fill={WOOD} />
        <circle cx="50" cy="50" r="44" fill="url(#piece-light)" />
      </symbol>
      <symbol id="piece-back" viewBox="0 0 100 100">
        <use href="#piece-disc" />
        <circle cx="50" cy="50" r="44" fill={BACK} />
        <circle cx="50" cy="50" r="44" fill="url(#piece-light)" />
        <g fill="none" stroke={EDGE} stroke-width="2">
          <circle cx="50" cy="50" r="38" />
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
        <circle cx="50" cy="50" r="41" stroke-width="1.8" />
        {color === 'RED' && <circle cx="50" cy="50" r="37.8" stroke-width="1.2" />}
      </g>
      <path
        d={glyphPath(GLYPHS[color][kind])}
        transform={PLACE}
        fill={ink}
        stroke={ink}
        stroke-width="1.6"
        stroke-linejoin="round"
      />
    </symbol>
  );
}

/** What {@link PieceFace} shows. */
export interface PieceFaceProps {
  /** The wire's `rank`. */
  kind: PieceKind;
  /** The wire's `color`. */
  color: PieceColor;
  /** What a screen reader says; without it the piece is hidden from readers. */
  label?: string | undefined;
  /** The wire's `point`, 1 to 14, shown on the rim. */
  points?: number | undefined;
}

/** A piece, face up. It fills the width that its parent or the class `piece` gives it. */
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
  const said = label === undefined ? { 'aria-hidden': true as const } : { role: 'img' as const, 'aria-label': label };
  return (
    <svg class="piece" viewBox="0 0 100 100" focusable="false" {...said}>
      {label !== undefined && <title>{label}</title>}
      {children}
    </svg>
  );
}

function Points({ points, color }: { points: number; color: PieceColor }) {
  return (
    <g>
      <circle cx="82" cy="82" r="17" fill={INK[color]} stroke={WOOD} stroke-width="2.5" />
      <text
        x="82"
        y="89"
        text-anchor="middle"
        font-size="21"
        font-weight="700"
        font-family="system-ui, sans-serif"
        fill="#fff"
      >
        {points}
      </text>
    </g>
  );
}
