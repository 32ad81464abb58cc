// The banner of a planned or current pause, shown on every screen until it is closed or the pause is over.
import { useEffect } from 'preact/hooks';
import { type Pause as Planned, pauseKey } from '../state';
import { closeBanner, forgetPause } from '../store';
import { pauseText } from './pause_text';

/** The longest delay of a browser timer in milliseconds; longer ones would fire at once. */
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
