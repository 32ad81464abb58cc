// Every request ends exactly once, whatever happens to the connection. Random runs of a page and a server check it.
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import {
  CLAIM_LIMIT,
  type Effect,
  EMPTY,
  type End,
  type QueueEvent,
  LIMIT,
  type Queue,
  type Scope,
  step,
} from '../src/queue';

/** The number of random runs: enough to find each of the bugs that were inserted on purpose. */
const RUNS = 300;
vi.setConfig({ testTimeout: 60_000 });

type Message = { number: number; id: number | null };
type Answer = { number: number; what: 'done' | 'seated' | 'refused'; decision: number };

/** A page, the network, and a server that carries out each numbered request of a seat once, as the room actor does. */
class World {
  queue: Queue = EMPTY;
  now = 0;
  asked: { id: number; scope: Scope; at: number; decision: number }[] = [];
  ends = new Map<number, End[]>();
  /** The message numbers under which each request was sent. */
  numbers = new Map<number, Set<number>>();
  sent = new Map<number, number>();
  isUp = false;
  toServer: Message[] = [];
  toPage: Answer[] = [];
  /** What the page knows: the decision that the game waits for, and whether it has a seat. */
  shown = 0;
  hasSeat = true;
  /** The server: which requests it carried out at which decisions, and the numbers that it remembers of the seat. */
  done = new Map<number, number[]>();
  memory = new Map<number, number>();
  decision = 0;
  seatExists = true;
  isSeated = false;
  isBusy = false;

  apply(event: QueueEvent): void {
    const { queue, effects } = step(this.queue, event);
    this.queue = queue;
    effects.forEach((effect) => this.perform(effect));
  }

  private perform(effect: Effect): void {
    if (effect.kind === 'reconnect') return this.lose();
    if (effect.kind === 'settle') {
      this.ends.set(effect.id, [...(this.ends.get(effect.id) ?? []), effect.end]);
      return;
    }
    holds(this.isUp, 'sent without a connection');
    if (effect.kind === 'claim') return void this.toServer.push({ number: effect.number, id: null });
    holds(['lobby', 'seated'].includes(this.queue.line), 'sent without a seat');
    this.numbers.set(effect.id, (this.numbers.get(effect.id) ?? new Set()).add(effect.number));
    this.sent.set(effect.id, (this.sent.get(effect.id) ?? 0) + 1);
    this.toServer.push({ number: effect.number, id: effect.id });
  }

  click(scope: Scope): void {
    const request = { id: this.asked.length + 1, scope, at: this.now, decision: this.shown };
    this.asked.push(request);
    this.apply({
      kind: 'asked',
      request: { id: request.id, scope, room: this.hasSeat ? 'A' : '', decision: String(this.shown), at: this.now },
    });
  }

  /** The server handles its next message. */
  serverReads(): void {
    const message = this.toServer.shift();
    if (!message || this.isBusy) return;
    const { number, id } = message;
    if (id === null) {
      this.isSeated = this.seatExists;
      this.toPage.push({ number, what: this.seatExists ? 'seated' : 'refused', decision: this.decision });
      return;
    }
    const request = this.asked[id - 1];
    const isOfSeat = request?.scope !== 'lobby';
    if (isOfSeat && !this.isSeated) return void this.toPage.push({ number, what: 'refused', decision: this.decision });
    if (!isOfSeat || !this.memory.has(number)) {
      if (isOfSeat) this.memory.set(number, id);
      this.done.set(id, [...(this.done.get(id) ?? []), this.decision]);
    }
    holds((isOfSeat ? this.memory.get(number) : id) === id, 'two requests have one number');
    this.toPage.push({ number, what: 'done', decision: this.decision });
  }

  /** The page handles its next message. */
  pageReads(): void {
    const answer = this.toPage.shift();
    if (!answer) return;
    if (answer.number === this.queue.claim?.number) {
      this.hasSeat = answer.what === 'seated';
      this.shown = answer.decision;
      const highest = Math.max(0, ...this.memory.keys());
      this.apply(
        this.hasSeat ? { kind: 'seated', room: 'A', decision: String(this.shown), highest } : { kind: 'unseated' },
      );
      return;
    }
    this.apply({ kind: 'answered', number: answer.number });
  }

  /** Delivers all messages in transit. */
  deliver(): void {
    for (let left = 60; left > 0 && (this.toServer.length > 0 || this.toPage.length > 0); left -= 1) {
      this.serverReads();
      this.pageReads();
    }
  }

  lose(): void {
    this.isUp = false;
    this.isSeated = false;
    this.toServer = [];
    this.toPage = [];
    this.apply({ kind: 'lost' });
  }

  back(): void {
    if (this.isUp) return;
    this.lose();
    this.isUp = true;
    this.apply({ kind: 'connected', claims: this.hasSeat, at: this.now });
  }

  pass(milliseconds: number): void {
    this.now += milliseconds;
    this.apply({ kind: 'time', at: this.now });
  }

  close(): void {
    this.lose();
    this.apply({ kind: 'closed' });
  }
}

const act = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .constantFrom<Scope>('lobby', 'seat', 'decision')
      .map((scope) => ['click', (world: World) => world.click(scope)] as const),
  },
  { weight: 6, arbitrary: fc.constant(['server reads', (world: World) => world.serverReads()] as const) },
  { weight: 6, arbitrary: fc.constant(['page reads', (world: World) => world.pageReads()] as const) },
  { weight: 8, arbitrary: fc.constant(['deliver', (world: World) => world.deliver()] as const) },
  { weight: 3, arbitrary: fc.constant(['lose', (world: World) => world.lose()] as const) },
  { weight: 5, arbitrary: fc.constant(['back', (world: World) => world.back()] as const) },
  {
    weight: 2,
    arbitrary: fc.constant([
      'the game goes on',
      (world: World) => {
        world.decision += 1;
      },
    ] as const),
  },
  {
    weight: 1,
    arbitrary: fc.constant([
      'the page learns of it',
      (world: World) => {
        if (world.isSeated) world.shown = world.decision;
      },
    ] as const),
  },
  {
    weight: 1,
    arbitrary: fc.boolean().map(
      (isBusy) =>
        [
          `busy ${isBusy}`,
          (world: World) => {
            world.isBusy = isBusy;
          },
        ] as const,
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constant([
      'the seat is gone',
      (world: World) => {
        world.seatExists = false;
        world.lose();
      },
    ] as const),
  },
  { weight: 1, arbitrary: fc.constant(['close', (world: World) => world.close()] as const) },
  {
    weight: 3,
    arbitrary: fc
      .integer({ min: 1, max: LIMIT / 2 })
      .map((time) => [`${time} ms`, (world: World) => world.pass(time)] as const),
  },
);

/** A fast `expect`, for conditions that are checked ten thousand times. */
function holds(isSo: boolean, otherwise: string): void {
  if (!isSo) throw new Error(otherwise);
}

/** Checks random sequences of acts; `check` is called after each act and at the end. */
const always = (check: (world: World) => void): void =>
  fc.assert(
    fc.property(fc.array(act, { maxLength: 60, size: 'max' }), fc.boolean(), (acts, hasSeat) => {
      const world = new World();
      world.hasSeat = hasSeat;
      for (const [, does] of acts) {
        does(world);
        check(world);
      }
      world.pass(LIMIT);
      check(world);
      expect(world.queue.pending, 'nothing waits forever').toEqual([]);
      for (const { id } of world.asked) expect(world.ends.get(id), `request ${id}`).toHaveLength(1);
    }),
    { numRuns: RUNS },
  );

test('every request ends once, within the time limit', () => {
  always((world) => {
    for (const { id, at } of world.queue.pending) holds(world.now - at < LIMIT, `request ${id} waits`);
    for (const [id, ends] of world.ends) holds(ends.length === 1, `request ${id} ended twice`);
  });
});

test('a seat’s request keeps its number and is done at most once', () => {
  always((world) => {
    for (const [id, numbers] of world.numbers) holds(numbers.size === 1, `request ${id} changed its number`);
    for (const { id, scope } of world.asked) {
      const done = world.done.get(id)?.length ?? 0;
      holds(done <= 1, `request ${id}, ${scope}, was done twice`);
      if (world.ends.get(id)?.[0] === 'answered' && world.seatExists)
        holds(done === 1, `request ${id}, ${scope}, was answered and not done`);
    }
  });
});

test('a lobby request is sent on one connection only', () => {
  always((world) => {
    for (const { id, scope } of world.asked)
      if (scope === 'lobby') holds((world.sent.get(id) ?? 0) <= 1, `request ${id} was sent again`);
  });
});

test('a request refused because the game moved on was not done', () => {
  always((world) => {
    for (const { id } of world.asked)
      if (world.ends.get(id)?.[0] === 'moved_on') holds(!world.done.has(id), `request ${id} was done`);
  });
});

test('with a seat, a connection and a working server, requests succeed', () => {
  fc.assert(
    fc.property(
      fc.array(act, { maxLength: 40, size: 'max' }),
      fc.constantFrom<Scope>('lobby', 'seat', 'decision'),
      (acts, scope) => {
        const world = new World();
        for (const [, does] of acts) does(world);
        world.seatExists = true;
        world.hasSeat = true;
        world.isBusy = false;
        world.lose();
        world.click(scope);
        world.shown = world.decision;
        const id = world.asked.length;
        world.asked[id - 1] = { ...world.asked[id - 1]!, decision: world.decision };
        world.queue = {
          ...world.queue,
          pending: world.queue.pending.map((one) =>
            one.id === id ? { ...one, room: 'A', decision: String(world.decision) } : one,
          ),
        };
        world.back();
        world.deliver();
        world.deliver();
        expect(world.ends.get(id)).toEqual(['answered']);
      },
    ),
    { numRuns: RUNS },
  );
});

const asked = (scope: Scope, decision = '1'): QueueEvent => ({
  kind: 'asked',
  request: { id: 1, scope, room: 'A', decision, at: 0 },
});
const run = (...happenings: QueueEvent[]): Effect[] => {
  let queue = EMPTY;
  return happenings.flatMap((event) => {
    const taken = step(queue, event);
    queue = taken.queue;
    return taken.effects;
  });
};
const connected = (claims: boolean): QueueEvent => ({ kind: 'connected', claims, at: 0 });
const seated = (decision = '1', highest = 0): QueueEvent => ({ kind: 'seated', room: 'A', decision, highest });

test('a click without a connection is sent when the seat is restored', () => {
  expect(run(connected(true), seated(), { kind: 'lost' }, asked('seat'), connected(true), seated()).at(-1)).toEqual({
    kind: 'send',
    id: 1,
    number: 3,
  });
});

test('only a play that the server already has is sent again', () => {
  const cut = [connected(true), seated(), asked('decision'), { kind: 'lost' }, connected(true)] as QueueEvent[];
  expect(run(...cut, seated('2', 2)).at(-1)).toEqual({ kind: 'send', id: 1, number: 2 });
  expect(run(...cut, seated('2', 1)).at(-1)).toEqual({ kind: 'settle', id: 1, end: 'moved_on' });
});

test('a request for another table than the restored one is refused', () => {
  expect(run(asked('seat'), connected(true), { ...seated(), room: 'B' } as QueueEvent).at(-1)).toEqual({
    kind: 'settle',
    id: 1,
    end: 'no_seat',
  });
});

test('an unanswered claim of a seat ends its connection', () => {
  expect(run(connected(true), { kind: 'time', at: CLAIM_LIMIT }).at(-1)).toEqual({ kind: 'reconnect' });
});
