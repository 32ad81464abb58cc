// The state of the live log as plain data, with one handler for each message of the server.
import type { ErrorMessage, LogMessage, LogEvents, MessageType, RateLimitMessage } from '../../protocol/live_log';

export type { LogMessage, MessageType };
export const TYPES: readonly MessageType[] = ['user', 'system', 'dm', 'party', 'raid', 'guild'];
export type Kind = MessageType | 'all';

export interface Found {
  query: string;
  kind: Kind;
  results: readonly LogMessage[];
  /** The number of matches; a lower bound unless `isExact`. */
  count: number;
  isExact: boolean;
}

export interface Log {
  /** `refused`: the server requires a valid token or key, and the page does not reconnect by itself. */
  status: 'connecting' | 'open' | 'lost' | 'refused';
  kind: Kind;
  /** Newest first, without gaps down to `reached`. */
  entries: readonly LogMessage[];
  /** Per kind, the time back to which all messages are loaded; absent before the first page. */
  reached: Readonly<Partial<Record<Kind, string>>>;
  /** The kinds without older messages. */
  ended: readonly Kind[];
  /** The kind whose older messages were requested; null if none are pending. */
  asking: Kind | null;
  isPaused: boolean;
  /** Messages that arrived during the pause, newest first. */
  held: readonly LogMessage[];
  /** The pending search; null if there is none. */
  searching: string | null;
  found: Found | null;
  error: ErrorMessage | null;
  warning: RateLimitMessage | null;
  /** The newest message that was pushed by the server, for the live region. */
  latest: LogMessage | null;
}

/** Messages per page of the history. */
export const PAGE = 100;
/** The number of messages to keep; older ones can be loaded again. */
const MOST = 2_000;

export const initialLog = (): Log => ({
  status: 'connecting',
  kind: 'all',
  entries: [],
  reached: {},
  ended: [],
  asking: null,
  isPaused: false,
  held: [],
  searching: null,
  found: null,
  error: null,
  warning: null,
  latest: null,
});

const isOf =
  (kind: Kind) =>
  (message: LogMessage): boolean =>
    kind === 'all' || message.type === kind;

/** The earlier of two times; undefined only if both are. */
const older = (a: string | undefined, b: string | undefined): string | undefined =>
  a === undefined || (b !== undefined && b < a) ? b : a;

/** The time back to which the messages of a kind are loaded without a gap. */
export const reachedBy = ({ reached }: Log, kind: Kind): string | undefined => older(reached[kind], reached.all);

/** The messages to list: those of the chosen kind, down to the first gap. */
export function visible(log: Log): readonly LogMessage[] {
  const down = reachedBy(log, log.kind);
  return log.entries.filter((message) => isOf(log.kind)(message) && down !== undefined && message.timestamp >= down);
}

export const hasOlder = ({ ended, kind }: Log): boolean => !ended.includes(kind) && !ended.includes('all');

/** Merges two lists, newest first, without duplicates. */
function merge(a: readonly LogMessage[], b: readonly LogMessage[]): LogMessage[] {
  const all = new Map([...a, ...b].map((message) => [message.id, message]));
  return [...all.values()].sort((one, other) =>
    one.timestamp < other.timestamp ? 1 : one.timestamp > other.timestamp ? -1 : one.id < other.id ? 1 : -1,
  );
}

/** Adds a message that the server pushed. */
function live(log: Log, message: LogMessage): Log {
  if (log.isPaused) return { ...log, held: [message, ...log.held].slice(0, MOST) };
  return { ...trimmed({ ...log, entries: merge([message], log.entries) }), latest: message };
}

function trimmed(log: Log): Log {
  if (log.entries.length <= MOST) return log;
  const entries = log.entries.slice(0, MOST);
  return { ...log, entries, reached: { all: entries.at(-1)?.timestamp ?? '' }, ended: [] };
}

/** Adds a page of the history. If a connection's first page leaves a gap to the known messages, those are dropped. */
function page(log: Log, { messages, total_count, offset }: LogEvents['history']): Log {
  const kind = log.asking ?? 'all';
  const last = messages.at(-1)?.timestamp;
  const isAll = offset + messages.length >= total_count;
  const isFirst = log.asking === null;
  const hasGap =
    isFirst &&
    !isAll &&
    log.entries[0] !== undefined &&
    !messages.some(({ id }) => log.entries.some((entry) => entry.id === id));
  const before = hasGap ? { ...log, entries: [], reached: {}, ended: [] } : log;
  const down = older(before.reached[kind], last) ?? '';
  const ended = isAll && !before.ended.includes(kind) ? [...before.ended, kind] : before.ended;
  return {
    ...before,
    entries: merge(messages, before.entries),
    reached: { ...before.reached, [kind]: isAll ? '' : down },
    ended,
    asking: null,
  };
}

function found(log: Log, { query, results, count, count_exact }: LogEvents['search_results']): Log {
  // The answer to an earlier search is ignored.
  if (query !== (log.searching ?? log.found?.query)) return log;
  const before = log.searching === null ? (log.found?.results ?? []) : [];
  const known = new Set(before.map(({ id }) => id));
  const all = [...before, ...results.filter(({ id }) => !known.has(id))];
  return { ...log, searching: null, found: { query, kind: log.kind, results: all, count, isExact: count_exact } };
}

type Handlers = { [W in keyof LogEvents]: (log: Log, message: LogEvents[W]) => Log };

const handlers: Handlers = {
  connected: (log) => ({ ...log, status: 'open', error: null, warning: null, asking: null, searching: null }),
  disconnected: (log) => ({ ...log, status: 'lost' }),
  subscribed: (log) => log,
  pong: (log) => log,
  // Shown by the frame around every screen, which receives them over the game's connection.
  announcement: (log) => log,
  maintenance: (log) => log,
  history: page,
  search_results: found,
  rate_limit: (log, warning) => ({ ...log, warning }),
  error: (log, error) => {
    const isRefused =
      [4000, 4001, 4002].includes(error.error_code) || (error.error_code === 1008 && log.status !== 'open');
    return { ...log, error, asking: null, searching: null, status: isRefused ? 'refused' : log.status };
  },
  user: live,
  system: live,
  dm: live,
  party: live,
  raid: live,
  guild: live,
};

/** The log after a message of the server; an unknown one changes nothing. */
export function receive(log: Log, message: { action?: string; type?: string }): Log {
  const name = message.action ?? message.type ?? '';
  if (!Object.hasOwn(handlers, name)) return log;
  return (handlers[name as keyof Handlers] as (log: Log, message: unknown) => Log)(log, message);
}

export const pause = (log: Log): Log => ({ ...log, isPaused: true });
export const resume = (log: Log): Log =>
  trimmed({ ...log, isPaused: false, held: [], entries: merge(log.held, log.entries) });
export const choose = (log: Log, kind: Kind): Log => ({ ...log, kind, error: null });
