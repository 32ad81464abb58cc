// The server's metrics for operators, parsed from its Prometheus text.

export interface Figures {
  /** When they were read, in milliseconds of any steady clock. */
  at: number;
  sessions: number;
  rooms: number;
  /** Decisions in games since the start, by people, bots and the clock. */
  actions: number;
  /** Messages to and from clients since the start. */
  messages: number;
  gamesStarted: number;
  gamesFinished: number;
  /** Cumulative histogram since the start: pairs of an upper bound in seconds and the number of decisions within it. */
  within: readonly (readonly [number, number])[];
}

/** The server's load, from two readings. */
export interface Load {
  sessions: number;
  rooms: number;
  /** Decisions per second. */
  actions: number;
  /** Messages per second. */
  messages: number;
  gamesStarted: number;
  gamesFinished: number;
  /** Seconds within which 99 % of decisions were answered; null if there were none. */
  slowest: number | null;
}

const LINE = /^(\w+)(?:\{([^}]*)\})? (\S+)/;

/** Parses the text; missing metrics count as 0. */
export function figures(text: string, at: number): Figures {
  const sums = new Map<string, number>();
  const within: [number, number][] = [];
  for (const line of text.split('\n')) {
    const [, name, labels = '', value] = LINE.exec(line) ?? [];
    if (!name) continue;
    const bound = name === 'liap_action_seconds_bucket' ? /le="([^"]+)"/.exec(labels)?.[1] : undefined;
    if (bound) within.push([bound === '+Inf' ? Infinity : Number(bound), Number(value)]);
    else sums.set(name, (sums.get(name) ?? 0) + Number(value));
  }
  const sum = (name: string) => sums.get(name) ?? 0;
  return {
    at,
    sessions: sum('liap_sessions'),
    rooms: sum('liap_rooms'),
    actions: sum('liap_actions_total'),
    messages: sum('liap_messages_received_total') + sum('liap_messages_delivered_total'),
    gamesStarted: sum('liap_games_started_total'),
    gamesFinished: sum('liap_games_finished_total'),
    within,
  };
}

/** The load between two readings. Rates are never negative: a restarted server counts from 0 again. */
export function loadOf(before: Figures, now: Figures): Load {
  const seconds = Math.max(0.001, (now.at - before.at) / 1000);
  const rate = (was: number, is: number) => Math.max(0, is - was) / seconds;
  const { sessions, rooms, gamesStarted, gamesFinished } = now;
  return {
    sessions,
    rooms,
    gamesStarted,
    gamesFinished,
    actions: rate(before.actions, now.actions),
    messages: rate(before.messages, now.messages),
    slowest: quantile(
      now.within.map(([bound, count], at) => [bound, count - (before.within[at]?.[1] ?? 0)]),
      0.99,
    ),
  };
}

/** The lowest bound that covers the given part of all entries (0 to 1); null if there are none. */
export function quantile(within: readonly (readonly [number, number])[], part: number): number | null {
  const all = within.at(-1)?.[1] ?? 0;
  if (all <= 0) return null;
  return within.find(([, count]) => count >= all * part)?.[0] ?? null;
}
