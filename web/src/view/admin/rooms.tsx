// All tables of the server, private ones too, and the way to close one.
import { useState } from 'preact/hooks';
import type { AdminRoom } from '../../protocol/rest';
import { page, rest } from '../../rest';
import { tell } from '../../store';
import { useEvery, useLoaded } from '../profile/loaded';
import type { Question } from './confirm';

const ON_A_PAGE = 20;
const EVERY = 10_000;
const STATUSES = ['', 'waiting', 'playing', 'finished'] as const;

export function Rooms({ ask }: { ask: (question: Question) => void }) {
  const [status, choose] = useState<(typeof STATUSES)[number]>('');
  const [at, turnTo] = useState(0);
  const address = `/admin/rooms?limit=${ON_A_PAGE}&offset=${at * ON_A_PAGE}${status && `&status=${status}`}`;
  const { value, problem, again } = useLoaded(() => page<AdminRoom>(address), [address]);
  useEvery(EVERY, again);
  const close = ({ id, name }: AdminRoom) =>
    ask({
      title: `Close ${name}?`,
      text: 'Everybody there is told. A game that has not ended is lost.',
      act: 'Close the table',
      run: async () => {
        await rest('DELETE', `/admin/rooms/${encodeURIComponent(id)}`);
        tell('info', `Table ${id} is closed.`);
        await again();
      },
    });
  return (
    <section class="card" aria-labelledby="tables">
      <h2 id="tables">Tables {value && <span class="count">{value.total}</span>}</h2>
      <label class="field">
        Which
        <select value={status} onChange={({ currentTarget }) => { choose(currentTarget.value as typeof status); turnTo(0); }}>
          {STATUSES.map((one) => <option value={one}>{one || 'all'}</option>)}
        </select>
      </label>
      {problem && <p class="wrong" role="alert">{problem}</p>}
      {!value && !problem && <p>Asking …</p>}
      {value?.items.length === 0 && <p>No such table right now.</p>}
      <ul class="rooms">{value?.items.map((room) => <Row key={room.id} room={room} close={() => close(room)} />)}</ul>
      {value && value.total > ON_A_PAGE && (
        <nav class="row pages" aria-label="Pages of tables">
          <button type="button" disabled={at === 0} onClick={() => turnTo(at - 1)}>Back</button>
          <span>{at + 1} of {Math.ceil(value.total / ON_A_PAGE)}</span>
          <button type="button" disabled={(at + 1) * ON_A_PAGE >= value.total} onClick={() => turnTo(at + 1)}>Next</button>
        </nav>
      )}
    </section>
  );
}

function Row({ room, close }: { room: AdminRoom; close: () => void }) {
  const { id, name, status, isPublic, players } = room;
  const people = players.filter((player) => !player.isBot).map((player) => player.name);
  const bots = players.length - people.length;
  const seated = [...people, ...(bots ? [bots === 1 ? '1 bot' : `${bots} bots`] : [])].join(', ') || 'nobody';
  return (
    <li>
      <span class="what"><b>{name}</b><small>{id} · {status}{isPublic ? '' : ', private'} · {seated}</small></span>
      <button type="button" class="danger" onClick={close} aria-label={`Close ${name}, ${id}`}>Close</button>
    </li>
  );
}
