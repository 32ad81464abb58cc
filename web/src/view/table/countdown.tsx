// How long a decision may still take, by the server's clock.
import { useEffect, useState } from 'preact/hooks';
import type { Game } from '../../state';
import { state } from '../../store';

/** Seconds until the deadline; null without one. */
export function useSecondsLeft(deadline: number | null): number | null {
  const read = () => (deadline === null ? null : Math.max(0, deadline - state.peek().clockOffset - Date.now() / 1000));
  const [, tick] = useState(0);
  useEffect(() => {
    if (deadline === null) return undefined;
    const timer = setInterval(() => tick((count) => count + 1), 500);
    return () => clearInterval(timer);
  }, [deadline]);
  return read();
}

export function Countdown({ game }: { game: Game }) {
  const seconds = useSecondsLeft(game.deadline);
  if (seconds === null) return null;
  const share = Math.min(1, seconds / (game.allotted ?? seconds));
  return (
    <span class={`countdown ${seconds < 6 ? 'short' : ''}`} role="timer" aria-label={`${Math.ceil(seconds)} seconds left`}>
      <i style={{ width: `${share * 100}%` }} />
      <b aria-hidden="true">{Math.ceil(seconds)}</b>
    </span>
  );
}
