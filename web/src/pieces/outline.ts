// From a brush's centre-line to the outline of its ink.
import type { Glyph } from './strokes';

/** A point of the 100 × 100 grid. */
export type Point = readonly [x: number, y: number];

/** How one brush presses: `[way from 0 to 1, half-width left, half-width right]`, in weights. */
interface Brush {
  readonly press: readonly (readonly [number, number, number])[];
  /** How far the cut at start and end leans: left side, right side, in weights along the way. */
  readonly start: readonly [number, number];
  readonly end: readonly [number, number];
}

/** Left is the side of the upper edge for a stroke drawn to the right. */
const BRUSHES: Readonly<Record<string, Brush>> = {
  // Across: pressed at both ends, lifted between; the end has a small shoulder above.
  heng: {
    press: [[0, 0.46, 0.4], [0.14, 0.38, 0.38], [0.5, 0.34, 0.34], [0.78, 0.36, 0.38], [0.92, 0.6, 0.4], [1, 0.5, 0.42]],
    start: [-0.25, 0.2],
    end: [-0.1, 0.4],
  },
  // Down, with a slanted head and a firm foot.
  shu: {
    press: [[0, 0.55, 0.55], [0.15, 0.48, 0.5], [0.5, 0.45, 0.45], [0.88, 0.47, 0.47], [1, 0.42, 0.42]],
    start: [0.25, -0.3],
    end: [0.25, 0.35],
  },
  // Down after a corner: the shoulder is pressed.
  zhe: {
    press: [[0, 0.5, 0.6], [0.14, 0.52, 0.5], [0.5, 0.46, 0.46], [1, 0.45, 0.45]],
    start: [-0.2, -0.3],
    end: [0.2, 0.3],
  },
  // Down to a needle's point.
  zhen: {
    press: [[0, 0.55, 0.55], [0.12, 0.48, 0.5], [0.6, 0.46, 0.46], [0.85, 0.36, 0.36], [1, 0.06, 0.06]],
    start: [0.25, -0.3],
    end: [0, 0],
  },
  // A sweep down to the left that thins out.
  pie: {
    press: [[0, 0.56, 0.5], [0.15, 0.52, 0.5], [0.5, 0.42, 0.42], [0.8, 0.26, 0.26], [1, 0.05, 0.05]],
    start: [0.25, -0.25],
    end: [0, 0],
  },
  // A sweep down to the right that swells, then leaves flat.
  na: {
    press: [[0, 0.12, 0.12], [0.3, 0.3, 0.3], [0.7, 0.58, 0.58], [0.8, 0.58, 0.6], [1, 0.04, 0.08]],
    start: [0, 0],
    end: [0, 0],
  },
  // A drop.
  dian: {
    press: [[0, 0.1, 0.1], [0.35, 0.4, 0.36], [0.7, 0.6, 0.56], [0.9, 0.55, 0.5], [1, 0.25, 0.3]],
    start: [0, 0],
    end: [0.1, 0.1],
  },
  // A bend of even width.
  wan: {
    press: [[0, 0.45, 0.45], [1, 0.45, 0.45]],
    start: [-0.1, -0.1],
    end: [0.1, 0.1],
  },
  // The hook that leaves a bend or a foot.
  gou: {
    press: [[0, 0.46, 0.46], [0.35, 0.46, 0.42], [1, 0.05, 0.05]],
    start: [-0.1, -0.1],
    end: [0, 0],
  },
};

/** Steps between two points of a bent sweep, and along a straight one. */
const STEPS = 10;

/** A sweep's brush and the points it passes. */
export interface Sweep {
  readonly brush: string;
  readonly points: readonly Point[];
}

/** Reads one stroke as `strokes.ts` writes it. */
export function sweeps(stroke: string): Sweep[] {
  return stroke.split(' > ').map((text) => {
    const [brush = '', ...rest] = text.split(' ');
    const points: Point[] = [];
    for (let at = 0; at + 1 < rest.length; at += 2) points.push([Number(rest[at]), Number(rest[at + 1])]);
    return { brush, points };
  });
}

/** A glyph's ink as one path's `d`; every contour turns the same way, so overlaps stay filled. */
export function glyphPath(glyph: Glyph): string {
  return glyph.strokes.flatMap(sweeps).map((sweep) => contour(sweep, glyph.weight)).join('');
}

function contour({ brush, points }: Sweep, weight: number): string {
  const shape = BRUSHES[brush];
  if (!shape) throw new Error(`no brush is called ${brush}`);
  const way = sampled(points);
  const left: Point[] = [];
  const right: Point[] = [];
  way.forEach(([x, y], at) => {
    const t = at / (way.length - 1);
    const [dx, dy] = heading(way, at);
    const [l, r] = pressed(shape.press, t);
    const lean = at === 0 ? shape.start : at === way.length - 1 ? shape.end : [0, 0] as const;
    left.push([x + weight * (dy * l + dx * lean[0]), y + weight * (-dx * l + dy * lean[0])]);
    right.push([x + weight * (-dy * r + dx * lean[1]), y + weight * (dx * r + dy * lean[1])]);
  });
  const edge = [...left, ...right.reverse()];
  return `M${edge.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}Z`;
}

/** Points along a Catmull-Rom curve through `points`. */
function sampled(points: readonly Point[]): Point[] {
  const line: Point[] = [];
  for (let at = 0; at + 1 < points.length; at += 1) {
    const b = points[at]!;
    const c = points[at + 1]!;
    const a = points[at - 1] ?? b;
    const d = points[at + 2] ?? c;
    for (let step = at === 0 ? 0 : 1; step <= STEPS; step += 1) {
      const t = step / STEPS;
      line.push([spline(a[0], b[0], c[0], d[0], t), spline(a[1], b[1], c[1], d[1], t)]);
    }
  }
  return line;
}

function spline(a: number, b: number, c: number, d: number, t: number): number {
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}

/** The unit vector of the way's direction at one of its points. */
function heading(way: readonly Point[], at: number): Point {
  const a = way[Math.max(0, at - 1)]!;
  const b = way[Math.min(way.length - 1, at + 1)]!;
  const long = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
  return [(b[0] - a[0]) / long, (b[1] - a[1]) / long];
}

/** Both half-widths at `t`, between the brush's marks. */
function pressed(press: Brush['press'], t: number): Point {
  const next = Math.max(1, press.findIndex(([mark]) => mark >= t));
  const [t0, l0, r0] = press[next - 1]!;
  const [t1, l1, r1] = press[next]!;
  const part = (t - t0) / (t1 - t0);
  return [l0 + (l1 - l0) * part, r0 + (r1 - r0) * part];
}
