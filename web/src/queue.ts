// What was asked of the server and has no answer yet, as a plain value: no clock, no connection, no page. Every request
// ends, once: it is answered, or refused with a reason.

/**
 * How long a request makes sense. `lobby`: on one connection only, for the server can't tell a repetition from a second
 * wish. `seat`: on any connection of the same seat, which remembers the numbers of its requests. `moment`: the same,
 * but only while the game asks the same question.
 */
export type Scope = 'lobby' | 'seat' | 'moment';

/** Why a request ended without an answer. */
export type Refused = 'offline' | 'unanswered' | 'lost' | 'no_seat' | 'moved_on' | 'closed';
export type End = 'answered' | Refused;

/** What the connection can take: `claiming` waits for the seat that it has asked for. */
export type Line = 'closed' | 'down' | 'claiming' | 'lobby' | 'seated';

export interface Asked {
  id: number;
  scope: Scope;
  /** The room and the question that it was asked in. */
  room: string;
  moment: string;
  /** When it was asked, in milliseconds. */
  at: number;
}

export interface Pending extends Asked {
  /** The message's number, from the first time that it was sent. */
  number: number | null;
  /** Whether it was sent on this connection. */
  isSent: boolean;
}

export interface Queue {
  line: Line;
  /** The room of the seat. */
  room: string;
  /** The highest number that this seat has used. */
  last: number;
  /** The message that asks for the seat, while it has no answer. */
  claim: { number: number; at: number } | null;
  pending: readonly Pending[];
}

export type Happening =
  | { kind: 'asked'; request: Asked }
  | { kind: 'answered'; number: number }
  | { kind: 'lost' }
  | { kind: 'connected'; claims: boolean; at: number }
  /** `highest`: the highest number that the server has from this seat. */
  | { kind: 'seated'; room: string; moment: string; highest: number }
  /** The seat is given up, or can't be had again. */
  | { kind: 'unseated' }
  | { kind: 'time'; at: number }
  | { kind: 'closed' };

export type Effect =
  | { kind: 'send'; id: number; number: number }
  | { kind: 'claim'; number: number }
  /** The connection answers nothing: a new one is needed. */
  | { kind: 'reconnect' }
  | { kind: 'settle'; id: number; end: End };

export interface Step {
  queue: Queue;
  effects: readonly Effect[];
}

/** Within this time every request ends, in milliseconds: long enough for a server that restarts. */
export const LIMIT = 20_000;
/** A connection that does not answer the claim of a seat for so long is given up, in milliseconds. */
export const CLAIM_LIMIT = 8_000;

export const EMPTY: Queue = { line: 'down', room: '', last: 0, claim: null, pending: [] };

export function step(queue: Queue, now: Happening): Step {
  switch (now.kind) {
    case 'asked':
      return sweep({ ...queue, pending: [...queue.pending, { ...now.request, number: null, isSent: false }] });
    case 'answered':
      return sweep(queue, ({ number }) => (number === now.number ? 'answered' : 'keep'));
    case 'lost':
      return sweep(unsent({ ...queue, line: 'down', claim: null }), ({ scope, number }) =>
        scope === 'lobby' && number !== null ? 'lost' : 'keep',
      );
    case 'connected':
      return now.claims ? claimed(queue, now.at) : sweep({ ...queue, line: 'lobby', room: '' });
    case 'seated': {
      const seated: Queue = {
        ...queue,
        line: 'seated',
        room: now.room,
        last: Math.max(queue.last, now.highest),
        claim: null,
      };
      return sweep(seated, (request) => (isOver(request, now) ? 'moved_on' : next(seated, request)));
    }
    case 'unseated': {
      const left: Queue = { ...queue, line: queue.line === 'closed' ? 'closed' : 'lobby', room: '', claim: null };
      return sweep(left, (request) => (request.scope === 'lobby' ? next(left, request) : 'no_seat'));
    }
    case 'time':
      return late(queue, now.at);
    case 'closed':
      return sweep({ ...queue, line: 'closed', claim: null }, () => 'closed');
  }
}

type Fate = 'keep' | 'send' | End;

/** What becomes of a request on this line. */
function next({ line, room }: Queue, request: Pending): Fate {
  if (request.isSent) return 'keep';
  switch (line) {
    case 'closed':
      return 'closed';
    case 'down':
    case 'claiming':
      return 'keep';
    case 'lobby':
      return request.scope === 'lobby' ? 'send' : 'no_seat';
    case 'seated':
      return request.scope === 'lobby' || request.room === room ? 'send' : 'no_seat';
  }
}

/** Whether the game asks something else by now. What the server has already is sent again, for its answer. */
const isOver = (
  { scope, isSent, room, moment, number }: Pending,
  now: { room: string; moment: string; highest: number },
): boolean =>
  scope === 'moment' &&
  !isSent &&
  room === now.room &&
  moment !== now.moment &&
  (number === null || number > now.highest);

const unsent = (queue: Queue): Queue => ({
  ...queue,
  pending: queue.pending.map((request) => ({ ...request, isSent: false })),
});

function claimed(queue: Queue, at: number): Step {
  const number = queue.last + 1;
  return {
    queue: { ...queue, line: 'claiming', last: number, claim: { number, at } },
    effects: [{ kind: 'claim', number }],
  };
}

function late(queue: Queue, at: number): Step {
  const swept = sweep(queue, (request) =>
    at - request.at < LIMIT ? 'keep' : request.number === null ? 'offline' : 'unanswered',
  );
  const isMute = queue.claim !== null && at - queue.claim.at >= CLAIM_LIMIT;
  return isMute ? { ...swept, effects: [...swept.effects, { kind: 'reconnect' }] } : swept;
}

/** Does with each request what its fate is. */
function sweep(queue: Queue, fate = (request: Pending): Fate => next(queue, request)): Step {
  let { last } = queue;
  const pending: Pending[] = [];
  const effects: Effect[] = [];
  for (const request of queue.pending) {
    const end = fate(request);
    if (end === 'keep') {
      pending.push(request);
    } else if (end === 'send') {
      const number = request.number ?? (last += 1);
      pending.push({ ...request, number, isSent: true });
      effects.push({ kind: 'send', id: request.id, number });
    } else {
      effects.push({ kind: 'settle', id: request.id, end });
    }
  }
  return { queue: { ...queue, last, pending }, effects };
}
