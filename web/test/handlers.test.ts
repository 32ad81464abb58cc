// Messages that do not occur in the recorded games.
import { expect, test } from 'vitest';
import { type Incoming, receive } from '../src/handlers';
import { initial, type State } from '../src/state';

const message = (event: string, data: object, more: object = {}): Incoming =>
  ({ event, data, room_id: 'ABCD2345', server_time: 1, ...more }) as Incoming;
const take = (state: State, ...messages: Incoming[]): State => messages.reduce(receive, state);

const OPTIONS = {
  is_public: true,
  fill_with_bots: true,
  bot_difficulty: 'easy',
  turn_timeout_seconds: 30,
  pace: 'normal',
  rules: { target_score: 50, max_rounds: 20, competing_types: 'leader_type', zero_streak_limit: 2, forbid_total: 8 },
};
const CREATED = message(
  'room_created',
  { room_id: 'ABCD2345', room_name: 'Here', creator: 'Ann', created_at: 1, options: OPTIONS },
  { sequence_number: 1 },
);

test('an unknown event changes nothing but the clock', () => {
  const before = initial('Ann');
  const after = take(
    before,
    message('from_the_future', { odd: true }),
    message('constructor', {}),
    message('toString', {}),
  );
  expect({ ...after, clockOffset: 0 }).toEqual(before);
});

test('a repeated event changes nothing', () => {
  const joined = message(
    'player_joined',
    { player_name: 'Bob', position: 1, is_bot: false, reconnected: false, timestamp: 1 },
    { sequence_number: 2 },
  );
  const once = take(initial('Ann'), CREATED, joined);
  expect(take(once, joined)).toBe(once);
});

test('players who join and leave take and free seats; the host may change', () => {
  const joined = message(
    'player_joined',
    { player_name: 'Bob', position: 2, is_bot: false, reconnected: false, timestamp: 1 },
    { sequence_number: 2 },
  );
  const left = message(
    'player_left',
    { player_name: 'Ann', position: 0, host: 'Bob', timestamp: 1 },
    { sequence_number: 3 },
  );
  const both = take(initial('Ann'), CREATED, joined);
  expect(both.room?.seats.map(({ name, position }) => [name, position])).toEqual([
    ['Ann', 0],
    ['Bob', 2],
  ]);
  const one = take(both, left);
  expect([one.room?.host, one.room?.seats.length]).toEqual(['Bob', 1]);
});

test('giving up a seat clears the state of the table', () => {
  const after = take(initial('Ann'), CREATED, message('room_left', { room_id: 'ABCD2345' }, { sequence_number: 2 }));
  expect([after.room, after.game, after.hand, after.happenings, after.chat]).toEqual([null, null, null, [], []]);
  const next = take(
    after,
    message(
      'room_created',
      { room_id: 'WXYZ2345', room_name: 'There', creator: 'Ann', created_at: 1, options: OPTIONS },
      { sequence_number: 1 },
    ),
  );
  expect([next.room?.id, next.sequence]).toEqual(['WXYZ2345', 1]);
});

test('a removed player is informed, and when they may join again', () => {
  const removed = take(
    initial('Ann'),
    CREATED,
    message('room_left', { room_id: 'ABCD2345', reason: 'removed' }, { sequence_number: 2 }),
  );
  expect([removed.room, removed.notices.map(({ text }) => text)]).toEqual([
    null,
    ['The host removed you from this table.'],
  ]);
  const error = {
    code: '1008',
    message: 'said so',
    details: { reason: 'removed', retry_after_ms: 540_001 },
    timestamp: 1,
    recoverable: true,
  };
  const again = take(initial('Ann'), { event: 'error', error } as unknown as Incoming);
  expect(again.notices[0]?.text).toBe('The host removed you from this table. You can join it again in 10 minutes.');
});

test('a banned player is not treated as one who lost the connection', () => {
  const status = (reason: string) =>
    take(initial('Ann'), message('disconnected', { code: 1008, reason, was_clean: false })).connection.status;
  expect([status('banned by an operator'), status('too slow'), status('replaced')]).toEqual([
    'banned',
    'lost',
    'replaced',
  ]);
});

test('a refusal is a notice and changes nothing at the table', () => {
  const before = take(initial('Ann'), CREATED);
  const error = { code: '2002', message: 'not your turn', details: {}, timestamp: 1, recoverable: true };
  const after = take(before, { event: 'error', error } as unknown as Incoming);
  expect(after.notices.map(({ kind, text }) => [kind, text])).toEqual([['error', 'not your turn']]);
  expect([after.room, after.sequence]).toEqual([before.room, before.sequence]);
});

test('a sync response adds only the unknown events, in order', () => {
  const before = take(initial('Ann'), CREATED);
  const event = (sequence: number, name: string, position: number) => ({
    event: 'player_joined',
    sequence,
    data: { player_name: name, position, is_bot: false, reconnected: false, timestamp: 1 },
  });
  const missed_events = [{ event: 'room_created', sequence: 1, data: {} }, event(2, 'Bob', 1), event(3, 'Cid', 2)];
  const after = take(
    before,
    message('sync_response', {
      current_sequence: 5,
      missed_events,
      truncated: false,
      full_state: null,
      state_hash: '',
    }),
  );
  expect(after.room?.seats.map(({ name }) => name)).toEqual(['Ann', 'Bob', 'Cid']);
  expect(after.sequence).toBe(5);
});

test('a page whose seat is opened elsewhere does not take it back', () => {
  const after = take(initial('Ann'), message('disconnected', { code: 1000, reason: 'replaced', wasClean: true }));
  expect(after.connection.status).toBe('replaced');
});

test('announcements and pauses last until they end or are not sent again', () => {
  const announced = { message: 'Back at noon', severity: 'info', announced_at: 1, ends_at: 61, ended: false };
  const paused = { event: 'restart', scheduled_time: 100, duration: 600, ended: false };
  const informed = take(initial('Ann'), message('announcement', announced), message('maintenance', paused));
  expect([informed.announcement?.text, informed.maintenance]).toEqual([
    'Back at noon',
    { event: 'restart', begins: 100_000, ends: 700_000 },
  ]);
  const older = take(informed, message('announcement', { ...announced, announced_at: 0, ended: true }));
  expect(older.announcement?.text).toBe('Back at noon');
  const over = take(
    informed,
    message('announcement', { ...announced, ended: true }),
    message('maintenance', { ...paused, ended: true }),
  );
  expect([over.announcement, over.maintenance]).toEqual([null, null]);
  // Called off while the connection was lost: the new connection does not receive it again.
  const back = take(
    informed,
    message('connected', { connection_id: 'x', room_id: 'lobby', player_name: null, reconnected: false }),
  );
  expect([back.announcement, back.maintenance]).toEqual([null, null]);
});
