// The table before the game: seats, adding and removing bots, the link to share, and the start.
import { useState } from 'preact/hooks';
import { addBot, leaveRoom, removeBot, removePlayer, startGame } from '../actions';
import type { Room } from '../state';
import { state, showNotice } from '../store';
import { Confirm, type Question } from './confirm';

export function WaitingRoom({ room }: { room: Room }) {
  const isHost = room.host === state.value.name;
  const free = 4 - room.seats.length;
  const [question, ask] = useState<Question | null>(null);
  return (
    <>
      <section class="card waiting-room" aria-labelledby="room">
        <h1 id="room">{room.name}</h1>
        <Share id={room.id} />
        <ol class="places">
          {[0, 1, 2, 3].map((position) => (
            <Place key={position} room={room} position={position} isHost={isHost} ask={ask} />
          ))}
        </ol>
        <p class="hint">
          {isHost
            ? free && room.options.fill_with_bots
              ? `Bots (${room.options.bot_difficulty}) fill the empty seats when you start.`
              : 'Start when everyone is here.'
            : `Waiting for ${room.host} to start the game.`}
        </p>
        <div class="row end">
          <button type="button" class="quiet" onClick={leaveRoom}>
            Leave
          </button>
          {isHost && (
            <button type="button" class="primary" onClick={startGame}>
              Start the game
            </button>
          )}
        </div>
      </section>
      <Confirm question={question} close={() => ask(null)} />
    </>
  );
}

interface Seated {
  room: Room;
  position: number;
  isHost: boolean;
  ask: (question: Question) => void;
}

function Place({ room, position, isHost, ask }: Seated) {
  const seat = room.seats.find((one) => one.position === position);
  if (!seat) {
    return (
      <li class="free">
        <span>Empty seat</span>
        {isHost && (
          <button
            type="button"
            onClick={() => addBot(position, room.options.bot_difficulty)}
            aria-label={`Add a bot to seat ${position + 1}`}
          >
            Add a bot
          </button>
        )}
      </li>
    );
  }
  const isOther = !seat.is_bot && seat.name !== state.value.name;
  const remove = () =>
    ask({
      title: `Remove ${seat.name}?`,
      text: 'They return to the lobby and can’t join this table again for 10 minutes.',
      act: 'Remove',
      // Another player may have taken the seat since the dialog was opened.
      run: async () =>
        state.value.room?.seats.find((one) => one.position === position)?.name === seat.name
          ? removePlayer(position)
          : null,
    });
  const role = [seat.name === state.value.name && 'you', seat.name === room.host && 'host', seat.is_bot && 'bot']
    .filter(Boolean)
    .join(', ');
  return (
    <li>
      <span>
        <b translate={false}>{seat.name}</b> {role && <small>{role}</small>}
      </span>
      {isHost && seat.is_bot && (
        <button type="button" class="quiet" onClick={() => removeBot(position)} aria-label={`Remove ${seat.name}`}>
          Remove
        </button>
      )}
      {isHost && isOther && (
        <button type="button" class="quiet" onClick={remove} aria-label={`Remove ${seat.name}`}>
          Remove
        </button>
      )}
    </li>
  );
}

function Share({ id }: { id: string }) {
  const [isCopied, setCopied] = useState(false);
  const link = `${location.origin}/room/${id}`;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link);
      setCopied(true);
    } catch {
      showNotice('info', `The link is ${link}`);
    }
  };
  return (
    <p class="share">
      Code <code translate={false}>{id}</code>{' '}
      <button type="button" onClick={copy}>
        {isCopied ? 'Copied' : 'Copy link'}
      </button>
    </p>
  );
}
