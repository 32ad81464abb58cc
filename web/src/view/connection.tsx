// How good the connection is.
import type { Connection as Told } from '../state';
import { state } from '../store';

function quality({ status, latency }: Told): { level: number; text: string } {
  if (status === 'replaced') return { level: 0, text: 'Open elsewhere' };
  if (status === 'lost') return { level: 0, text: 'Connection lost, trying again' };
  if (status === 'connecting' || latency === null) return { level: 1, text: 'Connecting' };
  const level = latency < 120 ? 3 : latency < 350 ? 2 : 1;
  return { level, text: `${['', 'Slow', 'Fair', 'Good'][level]} connection, ${latency} ms` };
}

export function Connection() {
  const { level, text } = quality(state.value.connection);
  return (
    <span class={`connection level-${level}`} role="img" aria-label={text} title={text}>
      <i /><i /><i />
      {level === 0 && <b>Offline</b>}
    </span>
  );
}
