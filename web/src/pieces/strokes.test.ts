// The characters are complete: correct stroke counts, known brushes, inside the ring, distinct, legible.
import { describe, expect, it } from 'vitest';
import { DEFAULTS, SHADE } from './colors';
import { DIGITS } from './digits';
import { COLORS, KINDS } from './kinds';
import { GLYPH_SCALE, INNER_RING, SOFTENING, glyphPath, sweeps } from './outline';
import { GLYPHS } from './strokes';

/** The stroke count of each character in a dictionary. */
const STROKES: Readonly<Record<string, number>> = {
  帥: 9,
  仕: 5,
  相: 9,
  俥: 9,
  傌: 12,
  炮: 9,
  兵: 7,
  將: 11,
  士: 3,
  象: 12,
  車: 7,
  馬: 10,
  包: 5,
  卒: 8,
};

const glyphs = COLORS.flatMap((color) => KINDS.map((kind) => GLYPHS[color][kind]));

describe('the characters', () => {
  it('are fourteen, no two alike', () => {
    expect(new Set(glyphs.map(({ character }) => character))).toEqual(new Set(Object.keys(STROKES)));
    expect(new Set(glyphs.map(glyphPath)).size).toBe(14);
  });

  it.each(glyphs)('$character has as many strokes as in the dictionary', ({ character, strokes }) => {
    expect(strokes).toHaveLength(STROKES[character]!);
  });

  it.each(glyphs)('$character has only sweeps of at least two points on the grid', ({ strokes }) => {
    for (const { points } of strokes.flatMap(sweeps)) {
      expect(points.length).toBeGreaterThanOrEqual(2);
      for (const value of points.flat()) {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(100);
      }
    }
  });

  it.each(glyphs)('$character has its ink inside the inner ring', (glyph) => {
    for (const [x, y] of numbers(glyphPath(glyph))) {
      expect(Math.hypot(x - 50, y - 50) * GLYPH_SCALE + SOFTENING / 2).toBeLessThan(INNER_RING);
    }
  });

  it.each(glyphs)('$character has one closed contour per sweep, and no broken number', (glyph) => {
    const path = glyphPath(glyph);
    expect(path.match(/M[^MZ]+Z/g)).toHaveLength(glyph.strokes.flatMap(sweeps).length);
    expect(path).toMatch(/^[MQZ0-9. -]+$/);
  });

  // Where contours of opposite directions overlap, the ink would be cut out.
  it.each(glyphs)('$character has contours that all turn the same way', (glyph) => {
    for (const contour of glyphPath(glyph).match(/M[^Z]+Z/g)!) expect(area(numbers(contour))).toBeGreaterThan(0);
  });
});

describe('a stroke', () => {
  it('with an unknown brush is rejected', () => {
    expect(() => glyphPath({ character: '一', weight: 9, strokes: ['quill 0 0 9 9'] })).toThrow('quill');
  });

  it('is thicker with a heavier brush', () => {
    const inked = (weight: number): number =>
      area(numbers(glyphPath({ character: '一', weight, strokes: ['heng 10 50 90 50'] })));
    expect(inked(10) / inked(5)).toBeCloseTo(2, 0);
  });
});

describe('the ink', () => {
  it.each(['red', 'black'] as const)('in %s stands out on the darkest wood by 4.5 to 1', (ink) => {
    const wood = channels(DEFAULTS.wood);
    const shade = channels(SHADE.color);
    const darkest = wood.map((value, at) => value + (shade[at]! - value) * SHADE.opacity);
    expect((luminance(darkest) + 0.05) / (luminance(channels(DEFAULTS[ink])) + 0.05)).toBeGreaterThan(4.5);
  });
});

describe('the digits', () => {
  it('are ten, no two alike', () => {
    expect(new Set(DIGITS).size).toBe(10);
  });
});

function channels(hex: string): number[] {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
}

/** The relative luminance of WCAG 2. */
function luminance(rgb: readonly number[]): number {
  const [r, g, b] = rgb.map((value) =>
    value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function numbers(path: string): [number, number][] {
  const all = (path.match(/-?[\d.]+/g) ?? []).map(Number);
  return Array.from({ length: all.length / 2 }, (_, at) => [all[2 * at]!, all[2 * at + 1]!]);
}

/** The signed area, positive when turning clockwise on the screen. */
function area(points: readonly (readonly [number, number])[]): number {
  return points.reduce((sum, [x, y], at) => {
    const [nx, ny] = points[(at + 1) % points.length]!;
    return sum + (x * ny - nx * y) / 2;
  }, 0);
}
