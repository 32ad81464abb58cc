// The lobby: play against bots, create a table, or join one.
import { useState } from 'preact/hooks';
import { returnToSeat, joinRoom, practice, rename } from '../actions';
import { codeIn } from '../code';
import { keep } from '../keep';
import type { BotDifficulty } from '../protocol/client';
import type { ListedRoom } from '../protocol/server';
import { tokens } from '../rest';
import { go } from '../route';
import { state } from '../store';
import { CreateRoom } from './create_room';

const LEVELS: readonly { level: BotDifficulty; text: string; hint: string }[] = [
  { level: 'easy', text: 'Easy', hint: 'Good for a first game' },
  { level: 'medium', text: 'Medium', hint: 'Solid' },
  { level: 'hard', text: 'Hard', hint: 'Remembers every piece' },
  { level: 'expert', text: 'Expert', hint: 'Plans ahead' },
];

export function Lobby() {
  const { room } = state.value;
  if (room) return <AtATable id={room.id} name={room.name} />;
  if (mustLogIn())
    return (
      <div class="lobby">
        <LogInFirst />
        <Rooms />
      </div>
    );
  return (
    <div class="lobby">
      <Practice />
      <Rooms />
      <JoinByCode />
      <CreateRoom />
      <Seats />
    </div>
  );
}

/** Whether the server does not allow guests and the player is not logged in. */
export const mustLogIn = (): boolean => !state.value.guestsAllowed && tokens.value === null;

export const LogInFirst = () => (
  <section class="card hero" aria-labelledby="log-in-first">
    <h1 id="log-in-first">Log in to play</h1>
    <p>This server is for players with an account. Signing up takes a username and a password.</p>
    <a class="button primary large" href="/me">
      Log in or sign up
    </a>
  </section>
);

function AtATable({ id, name }: { id: string; name: string }) {
  return (
    <section class="card narrow">
      <h1>You are at {name}</h1>
      <p>To join or create another table, leave this one first.</p>
      <button type="button" class="primary" onClick={() => go({ screen: 'room', id })}>
        Back to the table
      </button>
    </section>
  );
}

export function NameField() {
  const { name } = state.value;
  return (
    <label class="field">
      Your name
      <input
        value={name}
        maxLength={50}
        autocomplete="nickname"
        required
        onInput={({ currentTarget }) => rename(currentTarget.value)}
      />
    </label>
  );
}

function Practice() {
  const [level, choose] = useState<BotDifficulty>(keep.get<BotDifficulty>('level', 'easy'));
  const [isBusy, setBusy] = useState(false);
  const isReady = state.value.connection.status === 'open' && state.value.name.trim() !== '' && !isBusy;
  const start = async () => {
    setBusy(true);
    keep.set('level', level);
    await practice(level);
    setBusy(false);
  };
  return (
    <section class="card hero" aria-labelledby="practice">
      <h1 id="practice">Play now against bots</h1>
      <p>Declare how many piles you will win, then win exactly that many.</p>
      <NameField />
      <fieldset class="levels">
        <legend>Bots</legend>
        {LEVELS.map((one) => (
          <label key={one.level}>
            <input type="radio" name="level" checked={level === one.level} onChange={() => choose(one.level)} />
            <span>
              <b>{one.text}</b>
              <small>{one.hint}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <button type="button" class="primary large" disabled={!isReady} onClick={start}>
        Deal me in
      </button>
    </section>
  );
}

function Rooms() {
  const { rooms, roomsTotal } = state.value;
  return (
    <section class="card" aria-labelledby="rooms">
      <h2 id="rooms">Open tables {rooms && <span class="count">{roomsTotal}</span>}</h2>
      {rooms === null && <p>Loading…</p>}
      {rooms?.length === 0 && <p>No tables are open right now. Create one, and it appears here.</p>}
      <ul class="rooms">
        {rooms?.map((room) => (
          <RoomRow key={room.room_id} room={room} />
        ))}
      </ul>
    </section>
  );
}

function RoomRow({ room }: { room: ListedRoom }) {
  const isOpen = room.status === 'waiting' && room.player_count < 4 && !mustLogIn();
  return (
    <li>
      <span class="what">
        <b>{room.room_name}</b>
        <small>{room.players.map((seat) => seat.name).join(', ')}</small>
      </span>
      <span class="seats" role="img" aria-label={`${room.player_count} of 4 seats taken`}>
        {[0, 1, 2, 3].map((at) => (
          <i key={at} class={at < room.player_count ? 'taken' : ''} />
        ))}
      </span>
      {isOpen ? (
        <button type="button" onClick={() => joinRoom(room.room_id)} aria-label={`Join ${room.room_name}`}>
          Join
        </button>
      ) : (
        <small class="status">
          {room.status === 'playing' ? 'playing' : room.player_count < 4 ? 'waiting' : 'full'}
        </small>
      )}
    </li>
  );
}

function JoinByCode() {
  const [text, setText] = useState('');
  const code = codeIn(text);
  const submit = (event: Event) => {
    event.preventDefault();
    if (code) joinRoom(code);
  };
  return (
    <section class="card" aria-labelledby="join">
      <h2 id="join">Join friends</h2>
      <form class="row" onSubmit={submit}>
        <label class="field">
          Code or link
          <input
            value={text}
            placeholder="ABCD2345"
            autocomplete="off"
            spellcheck={false}
            onInput={({ currentTarget }) => setText(currentTarget.value)}
          />
        </label>
        <button type="submit" disabled={code === null}>
          Join
        </button>
      </form>
      {code === null && text.trim().length >= 8 && (
        <p class="hint" role="status">
          No table code found. A code has eight letters and digits, like ABCD2345.
        </p>
      )}
    </section>
  );
}

/** Seats that the player can return to, for example after closing the page. */
function Seats() {
  const seats = keep.seats();
  if (seats.length === 0) return null;
  return (
    <section class="card" aria-labelledby="seats">
      <h2 id="seats">Your seats</h2>
      <ul class="rooms">
        {seats.map(({ room, name }) => (
          <li key={room}>
            <span class="what">
              <b>{room}</b>
              <small>as {name}</small>
            </span>
            <button type="button" onClick={() => returnToSeat(room)} aria-label={`Go back to table ${room}`}>
              Go back
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
