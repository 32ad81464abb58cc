// A message of the live log as a line, with its time in the reader's time zone.
import type { LogMessage } from './log_state';
import { TYPE_NAMES, describe } from './texts';

const TIME = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const DAY = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const WHOLE = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' });

export const ZONE = new Intl.DateTimeFormat().resolvedOptions().timeZone;

export function Entry({ message }: { message: LogMessage }) {
  const { who, text, notes } = describe(message);
  const at = new Date(message.timestamp);
  const isToday = at.toDateString() === new Date().toDateString();
  return (
    <li class={`entry ${message.type}`}>
      <time dateTime={message.timestamp} title={WHOLE.format(at)}>
        {!isToday && <>{DAY.format(at)} </>}
        {TIME.format(at)}
      </time>
      <span class="type">{TYPE_NAMES[message.type]}</span>
      <span class="what">
        {who && <b>{who} </b>}
        {text}
        {notes.length > 0 && <small> {notes.join(' · ')}</small>}
      </span>
    </li>
  );
}
