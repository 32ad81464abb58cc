// The live log's state in its signal, its connection, and the reader's actions.
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

/** Results per page of a search. */
const FOUND_PAGE = 50;

const change = (step: (log: Log) => Log): void => {
  log.value = step(log.value);
};

/** The API key that the reader has entered; it is not stored. */
let key = '';
/** Whether the tokens were refreshed since the last successful connection. */
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

/** Milliseconds after which a request without an answer fails. */
const LIMIT = 15_000;
/** Counts the requests of each kind, so that only the latest one can time out. */
const turns = { asking: 0, searching: 0 };

/** Fails the latest request of a kind if it has no answer within the limit. */
function startTimeout(question: keyof typeof turns): void {
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

/** Subscribes to all types at once and filters them here, because the server limits the number of commands. */
function begin(): void {
  isRenewed = false;
  socket.send({ action: 'subscribe', message_types: [...TYPES] });
  socket.send({ action: 'get_history', limit: PAGE });
  const own = (connections += 1);
  setTimeout(() => {
    // The connection is open but does not answer, so it is replaced.
    if (own === connections && log.value.status === 'open' && log.value.reached.all === undefined) openLog();
  }, LIMIT);
}

/** Refreshes a rejected token, once per successful connection; any authenticated request does that. */
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

/** With fewer messages of a kind than this, older ones are loaded at once. */
const FEW = 10;

/** Shows one kind of messages. */
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
  // `date_to` includes its instant, so the messages of the oldest instant are sent again and need room in the page.
  const same = log.value.entries.filter(
    ({ timestamp, type }) => timestamp === down && (kind === 'all' || type === kind),
  ).length;
  if (!socket.send({ action: 'get_history', limit: PAGE + same, filters })) return;
  change((before) => ({ ...before, asking: kind, error: null }));
  startTimeout('asking');
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
  startTimeout('searching');
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
