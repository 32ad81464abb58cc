// The playback position and speed, controlled by buttons and by keys.
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';

export const SPEEDS = [0.5, 1, 2, 4] as const;
/** Milliseconds for which a frame is shown at speed 1. */
const SHOWN = 1_200;

export interface Playback {
  at: number;
  isRunning: boolean;
  speed: number;
  /** Shows a frame and stops the playback. */
  seek: (at: number) => void;
  toggle: () => void;
  setSpeed: (speed: number) => void;
}

export function usePlayback(count: number): Playback {
  const [at, setAt] = useState(0);
  const [wantsRun, run] = useState(false);
  const [speed, setSpeed] = useState(1);
  const last = count - 1;
  const isRunning = wantsRun && at < last;
  const seek = (to: number) => {
    run(false);
    setAt(Math.max(0, Math.min(last, to)));
  };
  const toggle = () => {
    if (!isRunning && at === last) setAt(0);
    run(!isRunning);
  };
  useEffect(() => {
    if (!isRunning) return;
    const next = setTimeout(() => setAt(at + 1), SHOWN / speed);
    return () => clearTimeout(next);
  }, [at, isRunning, speed]);
  // A layout effect, so that the next key press steps from the frame that is shown.
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      const step = wanted(event, at, last);
      if (step === null) return;
      event.preventDefault();
      if (step === 'toggle') toggle();
      else seek(step);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  });
  return { at, isRunning, speed, seek, toggle, setSpeed };
}

/** The frame that a key leads to; null if the focused element handles the key itself. */
function wanted(
  { key, target, altKey, ctrlKey, metaKey }: KeyboardEvent,
  at: number,
  last: number,
): number | 'toggle' | null {
  if (altKey || ctrlKey || metaKey || (target as Element).closest?.('select, textarea, input:not([type=range])'))
    return null;
  switch (key) {
    case 'ArrowLeft':
      return at - 1;
    case 'ArrowRight':
      return at + 1;
    case 'Home':
      return 0;
    case 'End':
      return last;
    case ' ':
      return (target as Element).closest?.('button, a') ? null : 'toggle';
    default:
      return null;
  }
}
