// The banners above the screen: a lost connection, a seat that is open elsewhere, missed events, pauses and
// announcements.
import { useEffect, useState } from 'preact/hooks';
import { takeBack } from '../actions';
import { readAway, socket, state } from '../store';
import { announcementKey, type Happening, pauseKey } from '../state';
import { Announcement } from './announcement';
import { Pause } from './pause';

/** Milliseconds before a lost connection is reported; most are restored sooner. */
const PATIENCE = 700;

export function Banner() {
  const { maintenance, announcement, closedBanners } = state.value;
  const isOpen = (key: string) => !closedBanners.includes(key);
  return (
    <>
      <Urgent />
      {maintenance && isOpen(pauseKey(maintenance, Date.now())) && <Pause pause={maintenance} />}
      {announcement && isOpen(announcementKey(announcement)) && (
        <Announcement announcement={announcement} key={announcement.at} />
      )}
    </>
  );
}

function Urgent() {
  const { connection, away } = state.value;
  if (connection.status === 'replaced') {
    return (
      <div class="banner" role="alert">
        Your seat is open in another window.{' '}
        <button type="button" onClick={takeBack}>
          Play here
        </button>
      </div>
    );
  }
  if (connection.status === 'banned')
    return (
      <div class="banner" role="alert">
        An operator has banned you from this server.
      </div>
    );
  if (connection.status === 'lost') return <Offline isAtTable={state.value.game !== null} />;
  return away?.length ? <Away happenings={away} /> : null;
}

function Offline({ isAtTable }: { isAtTable: boolean }) {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE);
    return () => clearTimeout(timer);
  }, []);
  if (!isLate) return null;
  const why = navigator.onLine ? 'The server can’t be reached.' : 'You are offline.';
  return (
    <div class="banner offline" role="alert">
      <span>
        <b>{why}</b>{' '}
        {isAtTable ? 'Your seat is kept and the game goes on. You will see what you missed.' : 'Reconnecting…'}
      </span>
      <button type="button" onClick={() => socket.reconnectNow()}>
        Try now
      </button>
    </div>
  );
}

/** The number of missed events to list, latest last. */
const MOST = 30;

function Away({ happenings }: { happenings: readonly Happening[] }) {
  const shown = happenings.slice(-MOST);
  return (
    <section class="banner away" aria-label="While you were away">
      <details>
        <summary>
          <b>While you were away</b> <span class="last">{happenings.at(-1)?.text}</span>{' '}
          <small>{happenings.length === 1 ? '1 event' : `${happenings.length} events`}</small>
        </summary>
        <ol tabIndex={0} aria-label="What happened">
          {shown.map(({ sequence, text }) => (
            <li key={`${sequence} ${text}`}>{text}</li>
          ))}
        </ol>
      </details>
      <button type="button" onClick={readAway}>
        Got it
      </button>
    </section>
  );
}
