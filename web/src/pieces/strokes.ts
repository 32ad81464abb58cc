// The fourteen characters as hand-drawn centre-lines, so that no page needs a font.
//
// The grid is 100 × 100, y down; `face.tsx` shrinks it into the disc. A character is a list of
// strokes in writing order. A stroke is one or more sweeps of the brush joined by `>`, each
// `brush x y x y …`; through three or more points the sweep bends smoothly. A stroke with a corner
// (heng-zhe, shu-gou …) stays one stroke here, as in a dictionary, so the counts can be checked.
import type { PieceColor, PieceKind } from './kinds';

/** A character: what is written, how thick the brush is, and its strokes. */
export interface Glyph {
  /** The character itself, for labels and tests; it is never set in a font. */
  readonly character: string;
  /** The brush's full width in grid units: the more strokes, the thinner. */
  readonly weight: number;
  /** The strokes, in writing order. */
  readonly strokes: readonly string[];
}

/** 帥, "commander": 𠂤 (a heap) beside 巾 (cloth). 9 strokes. */
const RED_GENERAL: Glyph = {
  character: '帥',
  weight: 9,
  strokes: [
    'pie 30 3 27 12 20 21',
    'shu 14 19 14 91',
    'heng 14 23 40 20 > zhe 40 20 38 46',
    'heng 15 46 38 44',
    'heng 15 63 42 60 > zhe 42 60 40 87',
    'heng 15 87 40 85',
    'shu 55 29 55 77',
    'heng 55 32 91 28 > zhe 91 28 90 74 > gou 90 74 86 77 78 70',
    'zhen 72 4 72 99',
  ],
};

/** 仕, "official": 亻 (person) beside 士. 5 strokes. */
const RED_ADVISOR: Glyph = {
  character: '仕',
  weight: 10.5,
  strokes: [
    'pie 33 4 24 28 5 53',
    'shu 22 36 22 97',
    'heng 35 40 97 36',
    'shu 65 6 65 88',
    'heng 41 90 92 87',
  ],
};

/** 相, "minister": 木 (tree) beside 目 (eye). 9 strokes. */
const RED_ELEPHANT: Glyph = {
  character: '相',
  weight: 9.2,
  strokes: [
    'heng 4 33 49 28',
    'shu 28 4 28 98',
    'pie 28 33 20 54 3 73',
    'dian 32 45 40 51 47 60',
    'shu 57 14 57 95',
    'heng 57 18 91 15 > zhe 91 15 91 95',
    'heng 58 41 90 39',
    'heng 58 64 90 62',
    'heng 58 88 90 86',
  ],
};

/** 俥, "chariot": 亻 (person) beside 車. 9 strokes. */
const RED_CHARIOT: Glyph = {
  character: '俥',
  weight: 8.8,
  strokes: [
    'pie 29 4 21 28 3 52',
    'shu 19 36 19 97',
    'heng 37 18 92 14',
    'shu 42 32 43 68',
    'heng 42 34 88 31 > zhe 88 31 86 67',
    'heng 43 50 86 48',
    'heng 43 66 86 64',
    'heng 31 83 98 79',
    'zhen 64 3 64 99',
  ],
};

/** 傌, "horse": 亻 (person) beside 馬. 12 strokes. */
const RED_HORSE: Glyph = {
  character: '傌',
  weight: 8,
  strokes: [
    'pie 29 4 21 28 3 52',
    'shu 19 36 19 97',
    'shu 42 9 42 60',
    'heng 42 11 91 8',
    'heng 42 27 88 25',
    'heng 42 43 88 41',
    'shu 64 10 64 58',
    'heng 42 60 94 57 > zhe 94 57 92 76 86 92 > gou 86 92 82 97 73 90',
    'pie 38 70 35 80 30 88',
    'dian 46 71 48 77 50 84',
    'dian 58 70 61 75 64 82',
    'dian 70 68 74 73 78 80',
  ],
};

/** 炮, "cannon": 火 (fire) beside 包. 9 strokes. */
const RED_CANNON: Glyph = {
  character: '炮',
  weight: 9.2,
  strokes: [
    'dian 8 34 11 41 13 50',
    'pie 45 26 42 35 36 45',
    'pie 26 5 26 40 20 66 4 95',
    'dian 28 58 36 67 43 79',
    'pie 61 4 55 22 44 38',
    'heng 57 23 91 20 > zhe 91 20 90 44 86 66 > gou 86 66 83 70 75 64',
    'heng 52 41 74 39 > zhe 74 39 73 60',
    'heng 54 59 73 57',
    'shu 53 41 53 78 > wan 53 78 54 88 62 92 82 92 > wan 82 92 95 91 94 84 > gou 94 84 94 78 93 72',
  ],
};

/** 兵, "soldier": 丘 over 八, once an axe held in two hands. 7 strokes. */
const RED_SOLDIER: Glyph = {
  character: '兵',
  weight: 9.8,
  strokes: [
    'pie 74 5 56 13 30 17',
    'shu 29 15 29 65',
    'heng 30 38 80 34',
    'shu 60 37 60 65',
    'heng 4 68 96 64',
    'pie 38 73 30 84 12 97',
    'dian 60 74 74 82 88 95',
  ],
};

/** 將, "general": 爿 (a plank) beside ⺼ (flesh) over 寸 (a thumb's breadth). 11 strokes. */
const BLACK_GENERAL: Glyph = {
  character: '將',
  weight: 8.2,
  strokes: [
    'shu 11 14 11 42 > heng 11 42 31 40',
    'heng 5 60 31 57',
    'pie 17 60 15 80 4 95',
    'shu 33 4 33 98',
    'pie 62 3 54 18 42 32',
    'heng 58 17 86 14 > pie 86 14 72 38 43 55',
    'dian 57 24 61 28 64 33',
    'dian 51 33 55 37 58 42',
    'heng 42 65 97 61',
    'shu 78 49 78 92 > gou 78 92 76 98 66 91',
    'dian 53 71 58 77 62 84',
  ],
};

/** 士, "scholar". 3 strokes. */
const BLACK_ADVISOR: Glyph = {
  character: '士',
  weight: 12,
  strokes: ['heng 5 43 95 38', 'shu 50 6 50 87', 'heng 19 90 83 86'],
};

/** 象, "elephant": trunk, head, and legs of 豕. 12 strokes. */
const BLACK_ELEPHANT: Glyph = {
  character: '象',
  weight: 8.2,
  strokes: [
    'pie 42 2 33 14 16 26',
    'heng 38 12 66 9 > pie 66 9 60 19 51 27',
    'shu 20 29 24 50',
    'heng 20 30 82 26 > zhe 82 26 77 48',
    'shu 50 28 48 47',
    'heng 24 49 77 46',
    'pie 48 48 34 60 12 69',
    'wan 38 58 52 68 55 84 50 94 > gou 50 94 47 98 38 91',
    'pie 49 66 34 78 12 85',
    'pie 54 76 38 91 14 98',
    'pie 84 53 74 61 61 68',
    'na 57 65 70 80 86 89 96 91',
  ],
};

/** 車, "chariot", seen from above: axle, body, two wheels. 7 strokes. */
const BLACK_CHARIOT: Glyph = {
  character: '車',
  weight: 9.5,
  strokes: [
    'heng 14 18 86 14',
    'shu 21 32 23 68',
    'heng 21 34 79 30 > zhe 79 30 77 67',
    'heng 23 50 77 48',
    'heng 23 66 77 64',
    'heng 3 83 97 79',
    'zhen 50 2 50 100',
  ],
};

/** 馬, "horse": mane, back, tail and four legs. 10 strokes. */
const BLACK_HORSE: Glyph = {
  character: '馬',
  weight: 8.8,
  strokes: [
    'shu 21 9 21 62',
    'heng 21 11 82 8',
    'heng 21 28 78 25',
    'heng 21 45 78 42',
    'shu 50 10 50 60',
    'heng 21 62 88 58 > zhe 88 58 86 78 80 93 > gou 80 93 76 99 65 91',
    'pie 15 71 12 82 5 92',
    'dian 26 73 29 80 31 88',
    'dian 42 71 46 78 49 86',
    'dian 57 69 62 75 66 83',
  ],
};

/** 包, "wrap", here short for 砲 (a cannon of stone). 5 strokes. */
const BLACK_CANNON: Glyph = {
  character: '包',
  weight: 10.2,
  strokes: [
    'pie 36 3 25 24 6 42',
    'heng 29 24 85 20 > zhe 85 20 84 48 78 70 > gou 78 70 74 75 63 68',
    'heng 22 42 58 39 > zhe 58 39 57 61',
    'heng 24 61 57 58',
    'shu 23 42 23 80 > wan 23 80 24 91 34 94 78 94 > wan 78 94 93 93 93 85 > gou 93 85 93 79 91 72',
  ],
};

/** 卒, "foot soldier": a marked coat. 8 strokes. */
const BLACK_SOLDIER: Glyph = {
  character: '卒',
  weight: 9.2,
  strokes: [
    'dian 44 3 50 8 56 16',
    'heng 10 24 90 20',
    'pie 32 28 26 44 10 58',
    'dian 30 42 37 47 43 55',
    'pie 68 26 62 44 48 58',
    'na 65 38 72 48 80 54 90 58',
    'heng 3 71 97 67',
    'zhen 50 56 50 100',
  ],
};

/** Every piece's character, by the wire's colour and kind. */
export const GLYPHS: Readonly<Record<PieceColor, Readonly<Record<PieceKind, Glyph>>>> = {
  RED: {
    GENERAL: RED_GENERAL,
    ADVISOR: RED_ADVISOR,
    ELEPHANT: RED_ELEPHANT,
    CHARIOT: RED_CHARIOT,
    HORSE: RED_HORSE,
    CANNON: RED_CANNON,
    SOLDIER: RED_SOLDIER,
  },
  BLACK: {
    GENERAL: BLACK_GENERAL,
    ADVISOR: BLACK_ADVISOR,
    ELEPHANT: BLACK_ELEPHANT,
    CHARIOT: BLACK_CHARIOT,
    HORSE: BLACK_HORSE,
    CANNON: BLACK_CANNON,
    SOLDIER: BLACK_SOLDIER,
  },
};
