// All tables of the server, including private ones, with actions on tables and players.
import { useState } from 'preact/hooks';
import type { AdminRoom } from '../../protocol/rest';
import { page, rest } from '../../rest';
import { showNotice } from '../../store';
import { useEvery, useLoaded } from '../profile/loaded';
import type { Question } from '../confirm';

const ON_A_PAGE = 20;
/** Milliseconds between refreshes. */
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
      text: 'Everyone at the table is notified. An unfinished game is lost.',
      act: 'Close the table',
      run: async () => {
        await rest('DELETE', `/admin/rooms/${encodeURIComponent(id)}`);
        showNotice('info', `Table ${id} is closed.`);
        await again();
      },
    });
  return (
    <section class="card" aria-labelledby="tables">
      <h2 id="tables">Tables {value && <span class="count">{value.total}</span>}</h2>
      <label class="field">
        Status
        <select
          value={status}
          onChange={({ currentTarget }) => {
            choose(currentTarget.value as typeof status);
            turnTo(0);
          }}
        >
          {STATUSES.map((one) => (
            <option key={one} value={one}>
              {one || 'all'}
            </option>
          ))}
        </select>
      </label>
      {problem && (
        <p class="wrong" role="alert">
          {problem}
        </p>
      )}
      {!value && !problem && <p>Loading…</p>}
      {value?.items.length === 0 && <p>No tables with this status.</p>}
      <ul class="rooms">
        {value?.items.map((room) => (
          <Row key={room.id} room={room} close={() => close(room)} ask={ask} again={again} />
        ))}
      </ul>
      {value && value.total > ON_A_PAGE && <Pages at={at} total={value.total} turnTo={turnTo} />}
    </section>
  );
}

function Pages({ at, total, turnTo }: { at: number; total: number; turnTo: (page: number) => void }) {
  return (
    <nav class="row pages" aria-label="Pages of tables">
      <button type="button" disabled={at === 0} onClick={() => turnTo(at - 1)}>
        Previous
      </button>
      <span>
        {at + 1} of {Math.ceil(total / ON_A_PAGE)}
      </span>
      <button type="button" disabled={(at + 1) * ON_A_PAGE >= total} onClick={() => turnTo(at + 1)}>
        Next
      </button>
    </nav>
  );
}

interface Listed {
  room: AdminRoom;
  close: () => void;
  ask: (question: Question) => void;
  again: () => Promise<unknown>;
}

function Row({ room, close, ask, again }: Listed) {
  const { id, name, status, isPublic, players } = room;
  const seatedPeople = players.filter((player) => !player.isBot);
  const people = seatedPeople.map((player) => player.name);
  const bots = players.length - people.length;
  const seated = [...people, ...(bots ? [bots === 1 ? '1 bot' : `${bots} bots`] : [])].join(', ') || 'nobody';
  return (
    <li>
      <div class="what">
        <b>{name}</b>
        <small>
          {id} · {status}
          {isPublic ? '' : ', private'} · {seated}
        </small>
        {people.length > 0 && (
          <details>
            <summary aria-label={`People at ${name}, ${id}`}>People</summary>
            <ul>
              {seatedPeople.map((player) => (
                <Person
                  key={player.seat}
                  room={id}
                  name={player.name}
                  isGuest={player.id.startsWith('guest-')}
                  ask={ask}
                  again={again}
                />
              ))}
            </ul>
          </details>
        )}
      </div>
      <button type="button" class="danger" onClick={close} aria-label={`Close ${name}, ${id}`}>
        Close
      </button>
    </li>
  );
}

interface AtTable {
  room: string;
  name: string;
  isGuest: boolean;
  ask: (question: Question) => void;
  again: () => Promise<unknown>;
}

/** A person at a table, with buttons to disconnect or ban them. */
function Person({ room, name, isGuest, ask, again }: AtTable) {
  const target = { roomId: room, playerName: name };
  const disconnect = () =>
    ask({
      title: `Disconnect ${name}?`,
      text:
        'Their connections are closed. ' +
        'If the game has not started, they lose their seat and can’t join this table again for 10 minutes.',
      act: 'Disconnect',
      run: async () => {
        await rest('POST', '/admin/disconnect', target);
        showNotice('info', `${name} is disconnected.`);
        await again();
      },
    });
  const ban = () =>
    ask({
      title: `Ban ${name}?`,
      text: isGuest
        ? 'Guests are identified by their network: everyone on it is banned for a day.'
        : 'The account is banned until the ban is lifted.',
      act: 'Ban',
      field: { label: 'Reason, shown to the player', initial: '' },
      run: async (reason) => {
        await rest('POST', '/admin/bans', { ...target, reason });
        showNotice('info', `${name} is banned.`);
        await again();
      },
    });
  return (
    <li>
      <span>{name}</span>
      <button type="button" onClick={disconnect} aria-label={`Disconnect ${name}`}>
        Disconnect
      </button>
      <button type="button" class="danger" onClick={ban} aria-label={`Ban ${name}`}>
        Ban
      </button>
    </li>
  );
}
