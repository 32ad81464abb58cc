// A planned pause, above every screen until it is read or over.
import { useEffect } from 'preact/hooks';
import type { Pause as Planned } from '../state';
import { readPause } from '../store';
import { pauseWords } from './pause_words';

const LONGEST_TIMER = 2 ** 31 - 1;

export function Pause({ pause }: { pause: Planned }) {
  useEffect(() => {
    const timer = setTimeout(readPause, Math.min(LONGEST_TIMER, Math.max(0, pause.ends - Date.now())));
    return () => clearTimeout(timer);
  }, [pause.ends]);
  return (
    <div class="banner" role="status">
      {pauseWords(pause, Date.now())} <button type="button" onClick={readPause}>Got it</button>
    </div>
  );
}
