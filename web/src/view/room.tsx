// The screen of `/room/ID`: the table if the player has a seat there, otherwise the way to one.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { returnToSeat, joinRoom } from '../actions';
import { keep } from '../keep';
import type { ErrorData } from '../protocol/server';
import { state } from '../store';
import { ChatPanel } from './chat';
import { LogInFirst, mustLogIn, NameField } from './lobby';
import { Table } from './table/table';
import { WaitingRoom } from './waiting_room';

export function RoomScreen({ id }: { id: string }) {
  const { room, game } = state.value;
  if (room?.id === id) return <WithChat>{game ? <Table /> : <WaitingRoom room={room} />}</WithChat>;
  if (room) return <Elsewhere name={room.name} id={room.id} />;
  if (keep.seat()?.room === id) return <p class="waiting">Returning to your seat…</p>;
  if (mustLogIn())
    return (
      <div class="lobby">
        <LogInFirst />
      </div>
    );
  return keep.hasGivenUp(id) ? <GivenUp id={id} /> : <Invitation id={id} />;
}

const WithChat = ({ children }: { children: ComponentChildren }) => (
  <div class="with-chat">
    {children}
    <ChatPanel />
  </div>
);

const Elsewhere = ({ name, id }: { name: string; id: string }) => (
  <section class="card narrow">
    <h1>You are at another table</h1>
    <p>
      <a href={`/room/${id}`}>Back to {name}</a>
    </p>
  </section>
);

const NO_SUCH_ROOM = '1003';

const Gone = ({ id }: { id: string }) => (
  <section class="card narrow">
    <h1>There is no table {id}</h1>
    <p>The game may be over, or the code may have a typo. Ask for a new link, or create a table yourself.</p>
    <div class="row end">
      <a class="button primary" href="/">
        Back to lobby
      </a>
    </div>
  </section>
);

const GivenUp = ({ id }: { id: string }) => (
  <section class="card narrow">
    <h1>You left this table</h1>
    <p>A bot has taken your seat and will finish the game.</p>
    <div class="row end">
      <a class="button" href={`/replay/${id}`}>
        Replay
      </a>
      <a class="button primary" href="/">
        Back to lobby
      </a>
    </div>
  </section>
);

function Invitation({ id }: { id: string }) {
  const [isBusy, setBusy] = useState(false);
  const [isGone, setGone] = useState(false);
  const { connection, name } = state.value;
  const own = keep.seatOf(id);
  const join = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    const { ok, message } = await joinRoom(id);
    setGone(!ok && (message as { error?: ErrorData }).error?.code === NO_SUCH_ROOM);
    setBusy(false);
  };
  if (isGone) return <Gone id={id} />;
  return (
    <section class="card narrow">
      <h1>Table {id}</h1>
      {own ? (
        <button type="button" class="primary" onClick={() => returnToSeat(id)}>
          Back to your seat as {own.name}
        </button>
      ) : (
        <form onSubmit={join}>
          <p>You are invited to play. Choose a name.</p>
          <NameField />
          <button type="submit" class="primary" disabled={isBusy || connection.status !== 'open' || !name.trim()}>
            Join
          </button>
        </form>
      )}
    </section>
  );
}
