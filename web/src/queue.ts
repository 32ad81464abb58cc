// The pending requests as a pure state machine, without clock, connection or page. Every request ends exactly once: it
// is answered, or refused with a reason.

/**
 * How long a request may be sent or repeated. `lobby`: on one connection only, because the server can't distinguish a
 * repetition from a second request. `seat`: on any connection of the same seat, since the server remembers the numbers
 * of a seat's requests. `decision`: like `seat`, but only while the game waits for the same decision.
 */
export type Scope = 'lobby' | 'seat' | 'decision';

/** Why a request ended without an answer. */
export type Refused = 'offline' | 'unanswered' | 'lost' | 'no_seat' | 'moved_on' | 'closed';
export type End = 'answered' | Refused;

/** The state of the connection. `claiming`: it is open and waits for the answer to its claim of the seat. */
export type Line = 'closed' | 'down' | 'claiming' | 'lobby' | 'seated';

export interface Asked {
  id: number;
  scope: Scope;
  /** The room at the time of the request. */
  room: string;
  /** The decision that the game waited for at that time (`decision_key.ts`). */
  decision: string;
  /** When it was made, in milliseconds. */
  at: number;
}

export interface Pending extends Asked {
  /** The message's sequence number; null until it is first sent. */
  number: number | null;
  /** Whether it was sent on the current connection. */
  isSent: boolean;
}

export interface Queue {
  line: Line;
  /** The room of the seat; empty without one. */
  room: string;
  /** The highest number that this seat has used. */
  last: number;
  /** The pending claim: the message that asks for the seat back. */
  claim: { number: number; at: number } | null;
  pending: readonly Pending[];
}

export type QueueEvent =
  | { kind: 'asked'; request: Asked }
  | { kind: 'answered'; number: number }
  | { kind: 'lost' }
  | { kind: 'connected'; claims: boolean; at: number }
  /** `highest`: the highest request number that the server has received from this seat. */
  | { kind: 'seated'; room: string; decision: string; highest: number }
  /** The seat was given up, or could not be restored. */
  | { kind: 'unseated' }
  | { kind: 'time'; at: number }
  | { kind: 'closed' };

export type Effect =
  | { kind: 'send'; id: number; number: number }
  | { kind: 'claim'; number: number }
  /** The connection does not answer: a new one is needed. */
  | { kind: 'reconnect' }
  | { kind: 'settle'; id: number; end: End };

export interface Step {
  queue: Queue;
  effects: readonly Effect[];
}

/** Milliseconds within which every request ends: long enough for a server restart. */
export const LIMIT = 20_000;
/** Milliseconds after which a connection that has not answered the claim is given up. */
export const CLAIM_LIMIT = 8_000;

export const EMPTY: Queue = { line: 'down', room: '', last: 0, claim: null, pending: [] };

export function step(queue: Queue, event: QueueEvent): Step {
  switch (event.kind) {
    case 'asked':
      return sweep({ ...queue, pending: [...queue.pending, { ...event.request, number: null, isSent: false }] });
    case 'answered':
      return sweep(queue, ({ number }) => (number === event.number ? 'answered' : 'keep'));
    case 'lost':
      return sweep(unsent({ ...queue, line: 'down', claim: null }), ({ scope, number }) =>
        scope === 'lobby' && number !== null ? 'lost' : 'keep',
      );
    case 'connected':
      return event.claims ? claimed(queue, event.at) : sweep({ ...queue, line: 'lobby', room: '' });
    case 'seated': {
      const seated: Queue = {
        ...queue,
        line: 'seated',
        room: event.room,
        last: Math.max(queue.last, event.highest),
        claim: null,
      };
      return sweep(seated, (request) => (isOver(request, event) ? 'moved_on' : next(seated, request)));
    }
    case 'unseated': {
      const left: Queue = { ...queue, line: queue.line === 'closed' ? 'closed' : 'lobby', room: '', claim: null };
      return sweep(left, (request) => (request.scope === 'lobby' ? next(left, request) : 'no_seat'));
    }
    case 'time':
      return late(queue, event.at);
    case 'closed':
      return sweep({ ...queue, line: 'closed', claim: null }, () => 'closed');
  }
}

type Outcome = 'keep' | 'send' | End;

/** What to do with a request in this state of the connection. */
function next({ line, room }: Queue, request: Pending): Outcome {
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

/** Whether the game has moved on. A request that the server has already received is repeated to get its answer. */
const isOver = (
  { scope, isSent, room, decision, number }: Pending,
  event: { room: string; decision: string; highest: number },
): boolean =>
  scope === 'decision' &&
  !isSent &&
  room === event.room &&
  decision !== event.decision &&
  (number === null || number > event.highest);

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
  const isClaimLate = queue.claim !== null && at - queue.claim.at >= CLAIM_LIMIT;
  return isClaimLate ? { ...swept, effects: [...swept.effects, { kind: 'reconnect' }] } : swept;
}

/** Keeps, sends or ends each request, as `outcomeOf` decides. */
function sweep(queue: Queue, outcomeOf = (request: Pending): Outcome => next(queue, request)): Step {
  let { last } = queue;
  const pending: Pending[] = [];
  const effects: Effect[] = [];
  for (const request of queue.pending) {
    const outcome = outcomeOf(request);
    if (outcome === 'keep') {
      pending.push(request);
    } else if (outcome === 'send') {
      const number = request.number ?? (last += 1);
      pending.push({ ...request, number, isSent: true });
      effects.push({ kind: 'send', id: request.id, number });
    } else {
      effects.push({ kind: 'settle', id: request.id, end: outcome });
    }
  }
  return { queue: { ...queue, last, pending }, effects };
}
