// Texts for pauses.
import type { Pause } from '../state';

const KINDS = new Map(
  Object.entries({
    maintenance: 'Games that have started continue.',
    shutdown: 'The server stops; games are saved and continue when it is back.',
    restart: 'The server restarts; games are saved and continue afterwards.',
  }),
);

const minutes = (milliseconds: number): string => {
  const count = Math.max(1, Math.round(milliseconds / 60_000));
  if (count < 120) return count === 1 ? 'about a minute' : `about ${count} minutes`;
  return `about ${Math.round(count / 60)} hours`;
};

const clock = (at: number): string =>
  new Date(at).toLocaleString(undefined, {
    hour: '2-digit',
    minute: '2-digit',
    ...(at - Date.now() > 20 * 3_600_000 ? { day: 'numeric', month: 'short' } : {}),
  });

/** One or two sentences about a pause. */
export function pauseText({ event, begins, ends }: Pause, now: number): string {
  const when =
    begins > now
      ? `New games will be paused at ${clock(begins)} for ${minutes(ends - begins)}.`
      : `New games are paused until ${clock(ends)}.`;
  return `${when} ${KINDS.get(event) ?? ''}`.trim();
}
