// The live log's state in its signal, and what a reader can do.
import { signal } from '@preact/signals';
import { rest, tokens } from '../../rest';
import { LogSocket } from './log_socket';
import {
  choose,
  hasOlder,
  receive,
  initialLog,
  type Kind,
  type Log,
  PAGE,
  pause,
  reachedBy,
  resume,
  TYPES,
  visible,
} from './log_state';

export const log = signal<Log>(initialLog());

const FOUND_PAGE = 50;

const change = (step: (log: Log) => Log): void => {
  log.value = step(log.value);
};

/** A key of a service, where the server wants one; it is not kept. */
let key = '';
/** Whether new tokens were fetched since the last connection that was open. */
let isRenewed = false;

function url(): string {
  const address = new URL('/ws/live-log', location.href);
  address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  if (key) address.searchParams.set('api_key', key);
  else if (tokens.value) address.searchParams.set('token', tokens.value.token);
  return address.href;
}

const socket = new LogSocket({
  url,
  onMessage: (message) => {
    change((before) => receive(before, message));
    if (message.action === 'connected') begin();
    if (log.value.status === 'refused') renew();
  },
  lost: () => change((before) => ({ ...before, status: 'lost', asking: null, searching: null })),
  mayRetry: () => log.value.status !== 'refused',
});

/** Within this time a question is answered, or ends without an answer, in milliseconds. */
const LIMIT = 15_000;
/** How often each kind of question was asked: only the latest may end the waiting. */
const turns = { asking: 0, searching: 0 };

/** Ends the waiting for an answer that does not come. */
function expire(question: keyof typeof turns): void {
  const own = (turns[question] += 1);
  setTimeout(() => {
    if (own !== turns[question] || log.value[question] === null) return;
    const error = {
      action: 'error',
      error_code: 1011,
      error_message: 'no answer',
      details: { issue: 'Try again' },
    } as const;
    change((before) => ({ ...before, [question]: null, error }));
  }, LIMIT);
}

let connections = 0;

/** All types are subscribed to at once, and chosen from here: a server counts commands. */
function begin(): void {
  isRenewed = false;
  socket.send({ action: 'subscribe', message_types: [...TYPES] });
  socket.send({ action: 'get_history', limit: PAGE });
  const own = (connections += 1);
  setTimeout(() => {
    // Connected, and yet without an answer: another connection may have one.
    if (own === connections && log.value.status === 'open' && log.value.reached.all === undefined) openLog();
  }, LIMIT);
}

/** A token that has ended is changed for a new one, once. */
async function renew(): Promise<void> {
  if (key || isRenewed || !tokens.value) return;
  isRenewed = true;
  await rest('GET', '/users/me').catch(() => null);
  if (tokens.value && log.value.status === 'refused') openLog();
}

export function openLog(): void {
  change((before) => ({ ...before, status: 'connecting' }));
  socket.open();
}

export function closeLog(): void {
  socket.close();
  log.value = initialLog();
}

export function showKey(found: string): void {
  key = found.trim();
  openLog();
}

export const choosePause = (isPaused: boolean): void => change(isPaused ? pause : resume);
export const dismissError = (): void => change((before) => ({ ...before, error: null }));
export const dismissWarning = (): void => change((before) => ({ ...before, warning: null }));

/** So few messages of a kind look as if there were no more. */
const FEW = 10;

/** A kind of which little is here is asked for at once. */
export function chooseKind(kind: Kind): void {
  change((before) => choose(before, kind));
  const { found } = log.value;
  if (found) search(found.query);
  else if (visible(log.value).length < FEW && hasOlder(log.value)) askOlder();
}

export function askOlder(): void {
  const { kind, asking } = log.value;
  if (asking) return;
  const down = reachedBy(log.value, kind);
  const filters = { ...(kind === 'all' ? {} : { type: kind }), ...(down ? { date_to: down } : {}) };
  // The oldest that is here comes again, with all others of the same instant.
  const same = log.value.entries.filter(
    ({ timestamp, type }) => timestamp === down && (kind === 'all' || type === kind),
  ).length;
  if (!socket.send({ action: 'get_history', limit: PAGE + same, filters })) return;
  change((before) => ({ ...before, asking: kind, error: null }));
  expire('asking');
}

export function search(query: string): void {
  const { kind } = log.value;
  const text = query.trim();
  if (!text) return endSearch();
  if (
    !socket.send({
      action: 'search',
      query: text,
      limit: FOUND_PAGE,
      ...(kind === 'all' ? {} : { filters: { type: kind } }),
    })
  )
    return;
  change((before) => ({ ...before, searching: text, error: null }));
  expire('searching');
}

export function moreFound(): void {
  const { found } = log.value;
  if (!found) return;
  const { query, kind, results } = found;
  socket.send({
    action: 'search',
    query,
    limit: FOUND_PAGE,
    offset: results.length,
    ...(kind === 'all' ? {} : { filters: { type: kind } }),
  });
}

export function endSearch(): void {
  change((before) => ({ ...before, found: null, searching: null, error: null }));
}
