// The tour's card next to what it explains. It blocks nothing, can be skipped at any step, and is not shown again.
import { signal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { keep } from '../../keep';
import { state } from '../../store';
import { after, due, NEW, type Progress, STEPS, type Step } from './steps';

const progress = signal<Progress>(keep.get('tour', NEW));

function save(next: Progress): void {
  progress.value = next;
  keep.set('tour', next);
}

export function Tour() {
  const step = due(state.value, progress.value);
  return step ? <Card key={step.id} step={step} /> : null;
}

const GAP = 14;
const EDGE = 8;

interface Spot {
  left: number;
  top: number;
  /** The arrow's distance from the card's left edge. */
  arrow: number;
  side: 'above' | 'below' | 'apart';
}

function Card({ step }: { step: Step }) {
  const card = useRef<HTMLElement>(null);
  // Subscribes to the state: the layout of the table changes with it, so the card must be placed again.
  void state.value;
  const spot = useSpot(step.anchor, card);
  const read = () => save(after(progress.value, step.id));
  const leave = () => save({ ...progress.value, done: true });
  useLayoutEffect(() => {
    const anchor = document.querySelector(step.anchor);
    anchor?.classList.add('explained');
    const press = (event: KeyboardEvent) => event.key === 'Escape' && leave();
    addEventListener('keydown', press);
    return () => {
      anchor?.classList.remove('explained');
      removeEventListener('keydown', press);
    };
  }, [step.anchor]);
  const at = STEPS.indexOf(step) + 1;
  const style = spot
    ? { left: `${spot.left}px`, top: `${spot.top}px`, '--arrow': `${spot.arrow}px` }
    : { visibility: 'hidden' as const };
  return (
    <section
      class={`tour ${spot?.side ?? ''}`}
      ref={card}
      style={style}
      role="dialog"
      aria-modal="false"
      aria-labelledby="tour-title"
      aria-describedby="tour-text"
    >
      <div aria-live="polite">
        <h2 id="tour-title">
          {step.title}{' '}
          <small>
            {at} of {STEPS.length}
          </small>
        </h2>
        <p id="tour-text">{step.text}</p>
      </div>
      <div class="row end">
        {at < STEPS.length && (
          <button type="button" class="quiet" onClick={leave}>
            Skip the tour
          </button>
        )}
        <button type="button" class="primary" onClick={read}>
          {at < STEPS.length ? 'Got it' : 'Done'}
        </button>
      </div>
    </section>
  );
}

/** The elements that the card should not cover. */
const BUSY = '.question, .hand';

const shared = (from: number, to: number, box: DOMRect): number =>
  Math.max(0, Math.min(to, box.bottom) - Math.max(from, box.top));

/** Places the card above or below the anchor or at the top of the page, wherever it covers least of `BUSY`. */
function spotFor(around: DOMRect, own: DOMRect): Spot {
  const busy = [...document.querySelectorAll(BUSY)].map((element) => element.getBoundingClientRect());
  const places = [
    { side: 'above' as const, top: around.top - own.height - GAP },
    { side: 'below' as const, top: around.bottom + GAP },
    { side: 'apart' as const, top: EDGE },
  ];
  const cost = (top: number) =>
    busy.reduce((sum, box) => sum + shared(top, top + own.height, box), 0) +
    10 * shared(-1e4, EDGE - 1, new DOMRect(0, top, 1, own.height)) +
    10 * Math.max(0, top + own.height - innerHeight);
  const best = places.reduce((one, other) => (cost(other.top) < cost(one.top) ? other : one));
  const centre = around.left + around.width / 2;
  const left = Math.round(Math.max(EDGE, Math.min(centre - own.width / 2, innerWidth - own.width - EDGE)));
  const arrow = Math.round(Math.max(18, Math.min(centre - left, own.width - 18)));
  return { left, top: Math.round(best.top), arrow, side: best.side };
}

/** The card's place next to the anchor, updated when the layout changes. */
function useSpot(anchor: string, card: { current: HTMLElement | null }): Spot | null {
  const [spot, put] = useState<Spot | null>(null);
  const place = () => {
    const around = document.querySelector(anchor)?.getBoundingClientRect();
    const own = card.current?.getBoundingClientRect();
    const next = around && own ? spotFor(around, own) : null;
    put((last) => (JSON.stringify(last) === JSON.stringify(next) ? last : next));
  };
  useLayoutEffect(place);
  useEffect(() => {
    addEventListener('resize', place);
    addEventListener('scroll', place, true);
    return () => {
      removeEventListener('resize', place);
      removeEventListener('scroll', place, true);
    };
  }, [anchor]);
  return spot;
}
