// Computes the outline of a brush stroke from its centre line.
import type { Glyph } from './strokes';

/** The scale of a glyph's 100 × 100 grid, centred on the 100 × 100 disc. */
export const GLYPH_SCALE = 0.58;

/** The width of the stroke that softens the ink's edge, in grid units; half of it is outside the outline. */
export const SOFTENING = 1.6;

/** The radius of the innermost ring's inner edge on the disc; no ink touches it. */
export const INNER_RING = 39;

/** A point on the 100 × 100 grid. */
export type Point = readonly [x: number, y: number];

/** The shape of one brush; widths are in multiples of the glyph's weight. */
interface Brush {
  /** Along the stroke: `[position from 0 to 1, half-width left, half-width right]`. */
  readonly press: readonly (readonly [number, number, number])[];
  /** How far the cut at the start and the end leans along the stroke: left side, right side. */
  readonly start: readonly [number, number];
  readonly end: readonly [number, number];
}

/** For a stroke drawn to the right, its left side is the upper one. */
const BRUSHES = new Map<string, Brush>(
  Object.entries({
    // Across: pressed at both ends, lifted between; the end has a small shoulder above.
    heng: {
      press: [
        [0, 0.46, 0.42],
        [0.1, 0.42, 0.4],
        [0.5, 0.35, 0.35],
        [0.8, 0.36, 0.38],
        [0.93, 0.6, 0.42],
        [1, 0.56, 0.46],
      ],
      start: [-0.3, 0.2],
      end: [-0.15, 0.45],
    },
    // Across inside a box, or up to a corner: no shoulder of its own.
    ping: {
      press: [
        [0, 0.4, 0.4],
        [0.5, 0.36, 0.36],
        [1, 0.4, 0.4],
      ],
      start: [-0.1, 0.1],
      end: [0, 0],
    },
    // Down, with a slanted head and a firm foot.
    shu: {
      press: [
        [0, 0.58, 0.55],
        [0.14, 0.48, 0.5],
        [0.5, 0.45, 0.45],
        [0.88, 0.47, 0.48],
        [1, 0.44, 0.44],
      ],
      start: [0.3, -0.35],
      end: [0.25, 0.4],
    },
    // Down after a corner: the shoulder is pressed.
    zhe: {
      press: [
        [0, 0.56, 0.62],
        [0.12, 0.56, 0.5],
        [0.5, 0.46, 0.46],
        [1, 0.46, 0.46],
      ],
      start: [-0.25, -0.55],
      end: [0.25, 0.4],
    },
    // Down to a needle's point.
    zhen: {
      press: [
        [0, 0.58, 0.55],
        [0.12, 0.48, 0.5],
        [0.6, 0.46, 0.46],
        [0.85, 0.38, 0.38],
        [1, 0.06, 0.06],
      ],
      start: [0.3, -0.35],
      end: [0, 0],
    },
    // A sweep down to the left that thins out.
    pie: {
      press: [
        [0, 0.58, 0.5],
        [0.15, 0.54, 0.5],
        [0.5, 0.44, 0.44],
        [0.8, 0.28, 0.28],
        [1, 0.06, 0.06],
      ],
      start: [0.35, -0.3],
      end: [0, 0],
    },
    // A sweep down to the right that swells, then leaves flat.
    na: {
      press: [
        [0, 0.14, 0.14],
        [0.3, 0.34, 0.34],
        [0.68, 0.56, 0.58],
        [0.8, 0.56, 0.62],
        [1, 0.04, 0.08],
      ],
      start: [0, 0],
      end: [0, 0],
    },
    // A drop.
    dian: {
      press: [
        [0, 0.1, 0.1],
        [0.3, 0.36, 0.34],
        [0.65, 0.6, 0.54],
        [0.88, 0.56, 0.5],
        [1, 0.3, 0.3],
      ],
      start: [0, 0],
      end: [0.1, 0.1],
    },
    // The hook that leaves a foot.
    gou: {
      press: [
        [0, 0.46, 0.46],
        [0.4, 0.46, 0.44],
        [1, 0.05, 0.05],
      ],
      start: [-0.1, -0.1],
      end: [0, 0],
    },
    // A bend of even width, thinning only where it flicks up at its end.
    wan: {
      press: [
        [0, 0.46, 0.46],
        [0.74, 0.46, 0.46],
        [0.86, 0.54, 0.46],
        [1, 0.05, 0.05],
      ],
      start: [0.1, -0.1],
      end: [0, 0],
    },
  }),
);

/** The distance between the outline's points along the stroke, in grid units. */
const PACE = 2;

/** A movement of a brush through points. */
export interface Sweep {
  readonly brush: string;
  readonly points: readonly Point[];
}

/** Parses one stroke as written in `strokes.ts`. */
export function sweeps(stroke: string): Sweep[] {
  return stroke.split(' > ').map((text) => {
    const [brush = '', ...rest] = text.split(' ');
    const points: Point[] = [];
    for (let at = 0; at + 1 < rest.length; at += 2) points.push([Number(rest[at]), Number(rest[at + 1])]);
    return { brush, points };
  });
}

/** A glyph as one path's `d`. All contours turn the same way, so overlaps stay filled. */
export function glyphPath(glyph: Glyph): string {
  return glyph.strokes
    .flatMap(sweeps)
    .map((sweep) => contour(sweep, glyph.weight))
    .join('');
}

function contour({ brush, points }: Sweep, weight: number): string {
  const shape = BRUSHES.get(brush);
  if (!shape) throw new Error(`no brush is called ${brush}`);
  const way = paced(curve(points));
  const left: Point[] = [];
  const right: Point[] = [];
  way.forEach(([x, y], at) => {
    const [dx, dy] = heading(way, at);
    const [l, r] = pressed(shape.press, at / (way.length - 1));
    const [leanLeft, leanRight] = at === 0 ? shape.start : at === way.length - 1 ? shape.end : UPRIGHT;
    left.push([x + weight * (dy * l + dx * leanLeft), y + weight * (dy * leanLeft - dx * l)]);
    right.push([x + weight * (dx * leanRight - dy * r), y + weight * (dx * r + dy * leanRight)]);
  });
  return rounded([...left, ...right.reverse()]);
}

const UPRIGHT: Point = [0, 0];

/** A closed path through the middle of every edge, rounded at every corner. */
function rounded(edge: readonly Point[]): string {
  const text = ([x, y]: Point): string => `${round(x)} ${round(y)}`;
  const turns = edge.map(
    (corner, at) => `Q${text(corner)} ${text(between(corner, edge[(at + 1) % edge.length]!, 0.5))}`,
  );
  return `M${text(between(edge[edge.length - 1]!, edge[0]!, 0.5))}${turns.join('')}Z`;
}

const round = (value: number): number => Math.round(value * 10) / 10;

const between = (a: Point, b: Point, part: number): Point => [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part];

const distance = (a: Point, b: Point): number => Math.hypot(b[0] - a[0], b[1] - a[1]);

/** Samples a Catmull-Rom curve through `points`, 16 points per section. */
function curve(points: readonly Point[]): Point[] {
  const line: Point[] = [points[0]!];
  for (let at = 0; at + 1 < points.length; at += 1) {
    const b = points[at]!;
    const c = points[at + 1]!;
    const a = points[at - 1] ?? b;
    const d = points[at + 2] ?? c;
    for (let step = 1; step <= 16; step += 1) {
      const t = step / 16;
      line.push([spline(a[0], b[0], c[0], d[0], t), spline(a[1], b[1], c[1], d[1], t)]);
    }
  }
  return line;
}

function spline(a: number, b: number, c: number, d: number, t: number): number {
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}

/** Resamples a line in steps of equal length, about {@link PACE} each. */
function paced(line: readonly Point[]): Point[] {
  const marks = [0];
  for (let at = 1; at < line.length; at += 1) marks.push(marks[at - 1]! + distance(line[at - 1]!, line[at]!));
  const whole = marks[marks.length - 1]!;
  const steps = Math.max(6, Math.round(whole / PACE));
  return Array.from({ length: steps + 1 }, (_, step) => {
    const goal = (whole * step) / steps;
    const next = Math.max(
      1,
      marks.findIndex((mark) => mark >= goal - 1e-9),
    );
    const before = marks[next - 1]!;
    return between(line[next - 1]!, line[next]!, (goal - before) / (marks[next]! - before));
  });
}

/** The unit vector of the line's direction at one of its points. */
function heading(way: readonly Point[], at: number): Point {
  const a = way[Math.max(0, at - 1)]!;
  const b = way[Math.min(way.length - 1, at + 1)]!;
  const long = distance(a, b) || 1;
  return [(b[0] - a[0]) / long, (b[1] - a[1]) / long];
}

/** Both half-widths at position `t`, interpolated. */
function pressed(press: Brush['press'], t: number): Point {
  const next = Math.max(
    1,
    press.findIndex(([mark]) => mark >= t - 1e-9),
  );
  const [t0, l0, r0] = press[next - 1]!;
  const [t1, l1, r1] = press[next]!;
  return between([l0, r0], [l1, r1], (t - t0) / (t1 - t0));
}
