// A page that returns at any point of a recorded game, whatever it missed, shows the same as one that stayed.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { caughtUp, type Incoming, receive } from '../src/handlers';
import { decisionKey } from '../src/decision_key';
import { initial, type State } from '../src/state';

vi.setConfig({ testTimeout: 60_000 });

const text = readFileSync(new URL('./recorded/practice.jsonl', import.meta.url), 'utf8');
/** The events of the game as a page with an uninterrupted connection receives them. */
const events = text
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Incoming)
  .filter(({ event, sequence_number }) => sequence_number !== undefined && event !== 'reconnected');
const states = events.reduce<State[]>(
  (before, message) => [...before, receive(before.at(-1) ?? initial('Ann'), message)],
  [],
);

/** The `reconnected` that the server sends after event `at`, followed by `missed` events. */
function reconnected(at: number, missed: number): Incoming {
  const { room, game, hand } = states[at] as State;
  const { id, name, host, seats, options } = room!;
  const nobody = {
    round_number: 0,
    turn_number: 0,
    players: [],
    scores: {},
    pile_counts: {},
    phase: 'NOT_STARTED',
    phase_data: {},
  };
  const game_state = game
    ? {
        round_number: game.round,
        turn_number: game.turn,
        players: game.players,
        scores: game.scores,
        pile_counts: game.piles,
        phase: game.phase.name,
        phase_data: game.phase.data ?? {},
      }
    : nobody;
  const data = {
    connection_id: 'c',
    room_id: id,
    room_name: name,
    host,
    players: seats,
    options,
    player_name: 'Ann',
    missed_events: missed,
    truncated: false,
    game_state,
    hand,
    last_client_sequence: null,
  };
  return { event: 'reconnected', data, room_id: id, server_time: 1 } as Incoming;
}

/** The state after returning at event `at`, with the last `missed` events repeated. */
const back = (from: State, at: number, missed: number): State =>
  [reconnected(at, missed), ...events.slice(at + 1 - missed, at + 1)].reduce(receive, from);

const essence = ({ room, name, hand, game, catchingUp, arrival }: State) => ({
  room,
  name,
  hand,
  catchingUp,
  arrival,
  game: game && {
    phase: game.phase,
    round: game.round,
    turn: game.turn,
    players: game.players,
    scores: game.scores,
    piles: game.piles,
  },
});

/** The events after which a page can return: those that end a batch, because the server sends a batch as a whole. */
const SETTLED = events.flatMap(({ event }, at) => {
  const next = events[at + 1]?.event;
  const isEnd = ['room_created', 'player_joined', 'phase_change', 'game_over'].includes(event);
  return isEnd && (next === undefined || !['phase_change', 'special_bonus', 'game_over'].includes(next)) ? [at] : [];
});
const anyMoment = fc.constantFrom(...SETTLED).chain((at) =>
  fc.record({
    at: fc.constant(at),
    missed: fc.integer({ min: 0, max: at + 1 }),
    known: fc.integer({ min: 0, max: at }),
  }),
);

test('a new page needs only reconnected, at any point', () => {
  fc.assert(
    fc.property(anyMoment, ({ at, missed }) => {
      expect(essence(back(initial('Somebody'), at, missed))).toEqual(essence(states[at] as State));
    }),
    { numRuns: 300 },
  );
});

test('a page that was there before also has the deadline and the result', () => {
  fc.assert(
    fc.property(anyMoment, ({ at, known, missed }) => {
      const after = back(states[known] as State, at, Math.max(at - known, missed));
      const whole = states[at] as State;
      expect({ ...essence(after), game: after.game }).toEqual({ ...essence(whole), game: whole.game });
      expect(after.sequence).toBe(whole.sequence);
    }),
    { numRuns: 300 },
  );
});

test('two phase changes restore the deadline, the bonuses and the result', () => {
  for (const at of SETTLED) {
    const phases = events.flatMap(({ event }, index) => (event === 'phase_change' && index <= at ? [index] : []));
    const first = phases.at(-2) ?? 0;
    const after = back(initial('Somebody'), at, at + 1 - first);
    const { deadline, allotted, bonuses, over } = (states[at] as State).game ?? {
      deadline: null,
      allotted: null,
      bonuses: [],
      over: null,
    };
    expect(
      after.game
        ? [after.game.deadline, after.game.allotted, after.game.bonuses, after.game.over]
        : [null, null, [], null],
    ).toEqual([deadline, allotted, bonuses, over]);
  }
});

test('the time of a missed event does not change the clock', () => {
  const at = SETTLED.at(-1) as number;
  const now = { ...reconnected(at, 20), server_time: Date.now() / 1000 + 7 };
  const after = [now, ...events.slice(at - 19, at + 1)].reduce(receive, initial('Somebody'));
  expect(after.clockOffset).toBeCloseTo(7, 0);
});

test('missed events that never arrive are not needed', () => {
  const at = SETTLED[Math.floor(SETTLED.length / 2)] as number;
  const half = [reconnected(at, 9), ...events.slice(at - 8, at - 4)].reduce(receive, initial('Somebody'));
  expect(half.catchingUp).toBe(5);
  expect(essence(caughtUp(half))).toEqual(essence(states[at] as State));
});

test('the game’s decision is known as soon as the seat is restored', () => {
  for (const at of SETTLED) {
    const begun = receive(initial('Somebody'), reconnected(at, 3));
    expect(decisionKey(begun)).toBe(decisionKey(states[at] as State));
  }
});

test('the chat of a returning page is kept', () => {
  const chatMessage = {
    event: 'chat_message',
    data: { message_id: 'm', player: 'Bob', is_bot: false, message: 'hello' },
  } as unknown as Incoming;
  expect(back(receive(states[30] as State, chatMessage), 40, 41).chat).toHaveLength(1);
});
