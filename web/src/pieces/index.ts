// The game's pieces as drawings: mount `PieceDefs` once, then use `PieceFace` and `PieceBack`.
export { PieceBack, PieceDefs, PieceFace, type PieceFaceProps } from './face';
export { COLORS, KINDS, type PieceColor, type PieceKind } from './kinds';
export { GLYPHS, type Glyph } from './strokes';
