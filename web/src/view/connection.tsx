// The quality of the connection, as bars and as text.
import type { Connection as ConnectionState } from '../state';
import { state } from '../store';

const TEXTS = ['Offline', 'Slow', 'Fair', 'Good'] as const;

/** The round-trip times in milliseconds below which the connection counts as good or fair. */
const GOOD = 120;
const FAIR = 350;

function quality({ status, latency }: ConnectionState): { level: number; word: string; text: string } {
  if (status === 'replaced') return { level: 0, word: 'Elsewhere', text: 'Open elsewhere' };
  if (status === 'banned') return { level: 0, word: 'Banned', text: 'Banned by an operator' };
  if (status === 'lost') return { level: 0, word: 'Offline', text: 'Connection lost, reconnecting' };
  if (status === 'connecting' || latency === null) return { level: 1, word: 'Connecting', text: 'Connecting' };
  const level = latency < GOOD ? 3 : latency < FAIR ? 2 : 1;
  return { level, word: `${TEXTS[level]} · ${latency} ms`, text: `${TEXTS[level]} connection, ${latency} ms` };
}

export function Connection() {
  const { level, word, text } = quality(state.value.connection);
  return (
    <span class={`connection level-${level}`} role="img" aria-label={text} title={text}>
      <i />
      <i />
      <i />
      <b aria-hidden="true">{word}</b>
    </span>
  );
}
