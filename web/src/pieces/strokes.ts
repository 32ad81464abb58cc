// The fourteen characters as hand-drawn centre lines, so that no page needs a font.
//
// The grid is 100 × 100, y down; `face.tsx` scales it into the disc. A character is a list of strokes in writing order.
// A stroke is one or more sweeps of the brush joined by `>`, each `brush x y x y …`; a sweep through three or more
// points is a smooth curve. A stroke with a corner (heng-zhe, shu-gou …) is one stroke here, as in a dictionary, so the
// counts can be checked.
import type { PieceColor, PieceKind } from './kinds';

export interface Glyph {
  /** The character itself, for labels and tests; it is never rendered with a font. */
  readonly character: string;
  /** The brush's full width in grid units; thinner for characters with more strokes. */
  readonly weight: number;
  readonly strokes: readonly string[];
}

/** 帥, "commander": 𠂤 (a heap) beside 巾 (cloth). 9 strokes. */
const RED_GENERAL: Glyph = {
  character: '帥',
  weight: 8.8,
  strokes: [
    'pie 30 2 26 12 18 21',
    'shu 12 19 12 92',
    'ping 12 23 38 21 > zhe 38 21 37 47',
    'ping 12 45 37 43',
    'ping 12 64 40 62 > zhe 40 62 39 90',
    'ping 12 87 39 85',
    'shu 52 28 52 78',
    'ping 52 32 92 29 > zhe 92 29 92 72 > gou 92 69 90 79 79 71',
    'zhen 72 3 72 99',
  ],
};

/** 仕, "official": 亻 (person) beside 士. 5 strokes. */
const RED_ADVISOR: Glyph = {
  character: '仕',
  weight: 10.5,
  strokes: ['pie 34 3 25 27 5 54', 'shu 23 36 23 97', 'heng 37 41 98 37', 'shu 66 5 66 88', 'heng 42 91 93 88'],
};

/** 相, "minister": 木 (tree) beside 目 (eye). 9 strokes. */
const RED_ELEPHANT: Glyph = {
  character: '相',
  weight: 9.2,
  strokes: [
    'heng 4 33 50 29',
    'shu 28 3 28 98',
    'pie 28 34 20 54 2 74',
    'dian 31 44 40 51 48 61',
    'shu 57 14 57 94',
    'ping 57 18 89 15 > zhe 89 15 89 94',
    'ping 57 40 88 39',
    'ping 57 62 88 61',
    'ping 57 85 88 84',
  ],
};

/** 俥, "chariot": 亻 (person) beside 車. 9 strokes. */
const RED_CHARIOT: Glyph = {
  character: '俥',
  weight: 8.8,
  strokes: [
    'pie 30 3 22 27 3 53',
    'shu 20 36 20 97',
    'heng 38 18 93 15',
    'shu 43 31 44 69',
    'ping 43 34 88 31 > zhe 88 31 87 69',
    'ping 44 49 87 48',
    'ping 44 65 87 64',
    'heng 32 83 99 80',
    'zhen 65 3 65 100',
  ],
};

/** 傌, "horse": 亻 (person) beside 馬. 12 strokes. */
const RED_HORSE: Glyph = {
  character: '傌',
  weight: 7.9,
  strokes: [
    'pie 29 3 21 27 3 52',
    'shu 19 36 19 97',
    'shu 42 7 42 60',
    'ping 42 11 66 10 91 8',
    'ping 42 27 88 25',
    'ping 42 43 88 41',
    'shu 65 10 65 58',
    'ping 42 59 93 56 > zhe 93 56 92 74 87 90 > gou 87 89 83 97 74 91',
    'pie 39 69 36 79 30 88',
    'dian 46 70 48 76 50 85',
    'dian 58 69 62 75 65 83',
    'dian 70 67 75 73 79 80',
  ],
};

/** 炮, "cannon": 火 (fire) beside 包. 9 strokes. */
const RED_CANNON: Glyph = {
  character: '炮',
  weight: 9,
  strokes: [
    'dian 8 33 11 40 13 51',
    'pie 46 26 43 35 37 45',
    'pie 27 4 27 40 20 67 4 94',
    'dian 28 57 37 67 44 80',
    'pie 63 3 57 21 46 37',
    'ping 57 23 91 20 > zhe 91 20 90 44 87 64 > gou 87 63 84 71 75 65',
    'ping 54 41 74 39 > zhe 74 39 74 61',
    'ping 54 59 74 57',
    'wan 54 39 54 78 57 89 67 92 82 92 92 89 95 72',
  ],
};

/** 兵, "soldier": 丘 over 八, once an axe held in two hands. 7 strokes. */
const RED_SOLDIER: Glyph = {
  character: '兵',
  weight: 9.8,
  strokes: [
    'pie 75 4 56 13 29 18',
    'shu 29 15 29 66',
    'heng 29 39 81 35',
    'shu 60 37 60 66',
    'heng 3 69 97 65',
    'pie 38 74 31 84 11 98',
    'dian 60 75 75 83 90 97',
  ],
};

/** 將, "general": 爿 (a plank) beside ⺼ (flesh) over 寸 (a thumb's breadth). 11 strokes. */
const BLACK_GENERAL: Glyph = {
  character: '將',
  weight: 8.2,
  strokes: [
    'shu 12 15 12 41 > ping 12 41 33 39',
    'ping 4 60 33 57',
    'pie 17 59 15 78 5 94',
    'shu 33 3 33 98',
    'pie 63 2 55 18 43 32',
    'ping 58 17 87 14 > pie 86 13 73 38 43 56',
    'dian 57 24 61 28 65 34',
    'dian 50 34 54 38 58 44',
    'heng 41 65 98 61',
    'shu 79 49 79 90 > gou 79 88 77 98 66 91',
    'dian 53 71 58 77 63 84',
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
  weight: 7.9,
  strokes: [
    'pie 43 1 34 13 16 25',
    'ping 38 12 66 9 > pie 66 9 60 18 52 27',
    'shu 20 28 24 49',
    'ping 20 30 81 26 > zhe 81 26 77 48',
    'shu 50 28 49 46',
    'ping 24 46 77 44',
    'pie 50 46 37 58 11 67',
    'wan 38 55 52 63 59 78 57 92 51 98 42 92',
    'pie 52 61 37 74 9 83',
    'pie 58 71 41 86 10 97',
    'pie 86 50 76 58 62 65',
    'na 58 62 70 77 82 87 98 91',
  ],
};

/** 車, "chariot", seen from above: axle, body, two wheels. 7 strokes. */
const BLACK_CHARIOT: Glyph = {
  character: '車',
  weight: 9.5,
  strokes: [
    'heng 13 18 87 15',
    'shu 20 31 22 69',
    'ping 20 34 80 31 > zhe 80 31 78 69',
    'ping 22 50 78 48',
    'ping 22 66 78 64',
    'heng 2 83 98 80',
    'zhen 50 2 50 100',
  ],
};

/** 馬, "horse": mane, back, tail and four legs. 10 strokes. */
const BLACK_HORSE: Glyph = {
  character: '馬',
  weight: 8.8,
  strokes: [
    'shu 21 7 21 62',
    'ping 21 11 52 10 83 8',
    'ping 21 28 78 26',
    'ping 21 45 78 43',
    'shu 50 10 50 60',
    'ping 21 62 88 58 > zhe 88 58 87 77 81 92 > gou 81 91 77 99 66 92',
    'pie 16 71 13 82 5 93',
    'dian 26 72 29 79 31 89',
    'dian 42 71 46 77 49 87',
    'dian 57 69 62 75 67 84',
  ],
};

/** 包, "wrap", here short for 砲 (a cannon of stone). 5 strokes. */
const BLACK_CANNON: Glyph = {
  character: '包',
  weight: 10.2,
  strokes: [
    'pie 37 2 26 24 5 42',
    'ping 29 24 86 20 > zhe 86 20 85 48 79 68 > gou 79 67 75 76 63 69',
    'ping 23 43 58 40 > zhe 58 40 58 63',
    'ping 23 61 58 59',
    'wan 23 40 23 79 27 91 40 94 76 94 90 91 94 72',
  ],
};

/** 卒, "foot soldier": a marked coat. 8 strokes. */
const BLACK_SOLDIER: Glyph = {
  character: '卒',
  weight: 9.2,
  strokes: [
    'dian 43 2 50 7 57 16',
    'heng 9 24 91 20',
    'pie 32 27 26 43 8 58',
    'dian 29 41 36 46 43 55',
    'pie 67 26 62 42 48 57',
    'na 64 38 72 47 81 53 93 57',
    'heng 3 73 97 69',
    'zhen 50 60 50 100',
  ],
};

/** The character of every piece, by colour and rank. */
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
