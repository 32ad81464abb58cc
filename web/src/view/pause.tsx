// A planned pause, above every screen until it is closed or over.
import { useEffect } from 'preact/hooks';
import { type Pause as Planned, pauseKey } from '../state';
import { closeBanner, forgetPause } from '../store';
import { pauseText } from './pause_text';

/** The longest time that a timer of the browser can wait, in milliseconds. */
export const LONGEST_TIMER = 2 ** 31 - 1;

export function Pause({ pause }: { pause: Planned }) {
  useEffect(() => {
    const timer = setTimeout(forgetPause, Math.min(LONGEST_TIMER, Math.max(0, pause.ends - Date.now())));
    return () => clearTimeout(timer);
  }, [pause.ends]);
  return (
    <div class="banner" role="status">
      <span>{pauseText(pause, Date.now())}</span>{' '}
      <button type="button" onClick={() => closeBanner(pauseKey(pause, Date.now()))}>
        Got it
      </button>
    </div>
  );
}
