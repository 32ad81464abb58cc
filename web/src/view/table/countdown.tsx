// The time left for a decision by the server's clock, as a ring around the player's avatar.
import { useEffect, useState } from 'preact/hooks';
import type { Game } from '../../state';
import { state } from '../../store';

/** Seconds until the deadline, at least 0; null without a deadline. */
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

/** Seconds below which the ring warns that time is short. */
const SHORT = 6;

export function Countdown({ game }: { game: Game }) {
  const seconds = useSecondsLeft(game.deadline);
  if (seconds === null) return null;
  const share = Math.min(1, seconds / (game.allotted ?? seconds));
  return (
    <span
      class={`countdown ${seconds < SHORT ? 'short' : ''}`}
      role="timer"
      translate={false}
      aria-label={`${Math.ceil(seconds)} seconds left`}
    >
      <svg viewBox="0 0 44 44" aria-hidden="true">
        <circle cx="22" cy="22" r="20" />
        <circle class="left" cx="22" cy="22" r="20" pathLength="1" stroke-dasharray={`${share} 1`} />
      </svg>
      <b aria-hidden="true">{Math.ceil(seconds)}</b>
    </span>
  );
}
