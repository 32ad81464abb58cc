// The quality of the connection, as bars and as text.
import type { Connection as ConnectionState } from '../state';
import { state } from '../store';

const TEXTS = ['Offline', 'Slow', 'Fair', 'Good'] as const;

/** The round-trip times in milliseconds below which the connection counts as good or fair. */
const GOOD = 120;
const FAIR = 350;

function quality({ status, latency }: ConnectionState): { level: number; short: string; text: string } {
  if (status === 'replaced') return { level: 0, short: 'Elsewhere', text: 'Open elsewhere' };
  if (status === 'banned') return { level: 0, short: 'Banned', text: 'Banned by an operator' };
  if (status === 'lost') return { level: 0, short: 'Offline', text: 'Connection lost, reconnecting' };
  if (status === 'connecting' || latency === null) return { level: 1, short: 'Connecting', text: 'Connecting' };
  const level = latency < GOOD ? 3 : latency < FAIR ? 2 : 1;
  return { level, short: `${TEXTS[level]} · ${latency} ms`, text: `${TEXTS[level]} connection, ${latency} ms` };
}

export function Connection() {
  const { level, short, text } = quality(state.value.connection);
  return (
    <span class={`connection level-${level}`} role="img" aria-label={text} title={text}>
      <i />
      <i />
      <i />
      <b aria-hidden="true">{short}</b>
    </span>
  );
}
