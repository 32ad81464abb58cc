// The server's load, now and over the last 3 minutes.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { type Figures, figures, type Load as LoadData, loadOf } from '../../metrics';
import { text } from '../../rest';
import { useEvery } from '../profile/loaded';

/** Milliseconds between readings. */
const EVERY = 3_000;
/** The number of readings to show. */
const MOST = 60;

const whole = (number: number): string => Math.round(number).toLocaleString();

/** Formats a duration given in seconds as µs or ms. */
export function span(seconds: number | null): string {
  if (seconds === null) return '–';
  if (seconds === Infinity) return '> 1 s';
  return seconds < 0.001 ? `≤ ${Math.round(seconds * 1e6)} µs` : `≤ ${Math.round(seconds * 1e3)} ms`;
}

const SHOWN: readonly { name: string; of: (load: LoadData) => number | null; text: (load: LoadData) => string }[] = [
  { name: 'Connections', of: (load) => load.sessions, text: (load) => whole(load.sessions) },
  { name: 'Tables', of: (load) => load.rooms, text: (load) => whole(load.rooms) },
  { name: 'Decisions per second', of: (load) => load.actions, text: (load) => load.actions.toFixed(1) },
  { name: 'Messages per second', of: (load) => load.messages, text: (load) => load.messages.toFixed(1) },
  { name: '99 % of decisions', of: (load) => load.slowest, text: (load) => span(load.slowest) },
  {
    name: 'Games finished',
    of: (load) => load.gamesFinished,
    text: (load) => `${whole(load.gamesFinished)} of ${whole(load.gamesStarted)}`,
  },
];

export function Load() {
  const last = useRef<Figures | null>(null);
  const [loads, put] = useState<readonly LoadData[]>([]);
  const [isLost, lose] = useState(false);
  const read = useCallback(async () => {
    const metricsText = await text('/metrics');
    lose(metricsText === null);
    if (metricsText === null) return;
    const now = figures(metricsText, performance.now());
    const before = last.current ?? now;
    last.current = now;
    put((all) => [...all, loadOf(before, now)].slice(-MOST));
  }, []);
  useEffect(() => {
    read();
  }, [read]);
  useEvery(EVERY, read);
  const latest = loads.at(-1);
  return (
    <section class="card wide" aria-labelledby="load">
      <h2 id="load">Load</h2>
      {isLost && (
        <p class="wrong" role="alert">
          The figures can’t be read right now.
        </p>
      )}
      {!latest && !isLost && <p>Loading…</p>}
      {latest && (
        <dl class="figures">
          {SHOWN.map(({ name, of, text: textOf }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{textOf(latest)}</dd>
              <Spark values={loads.map((load) => of(load) ?? 0)} />
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

/** A sparkline of the last values, latest on the right. */
function Spark({ values }: { values: readonly number[] }) {
  const top = Math.max(1e-9, ...values.filter(Number.isFinite));
  const point = (value: number, at: number) =>
    `${at * (100 / Math.max(1, values.length - 1))},${29 - (Math.min(value, top) / top) * 27}`;
  return (
    <dd class="spark" aria-hidden="true">
      <svg viewBox="0 0 100 30" preserveAspectRatio="none">
        <polyline points={values.map(point).join(' ')} />
      </svg>
    </dd>
  );
}
