// The live log's list has no gaps and no duplicates; how errors change the connection.
import { expect, test } from 'vitest';
import {
  choose,
  hasOlder,
  receive,
  initialLog,
  type Log,
  type LogMessage,
  pause,
  resume,
  visible,
} from '../src/view/log/log_state';
import { describe, errorText } from '../src/view/log/texts';

const time = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
const user = (second: number): LogMessage => ({
  type: 'user',
  id: `msg_${second}`,
  timestamp: time(second),
  user_id: 'u',
  username: 'Ann',
  user_avatar: null,
  user_badge: null,
  content: `word ${second}`,
  metadata: { channel: 'lobby' },
});
const guild = (second: number): LogMessage => ({
  type: 'guild',
  id: `guild_${second}`,
  timestamp: time(second),
  guild_id: 'g',
  guild_name: 'Jade',
  guild_level: 2,
  event: 'war_declared',
  event_data: {},
});
const page = (messages: LogMessage[], total_count = messages.length, offset = 0) => ({
  action: 'history',
  messages,
  total_count,
  limit: 100,
  offset,
});
const begin = (...messages: LogMessage[]): Log =>
  [{ action: 'connected' }, page(messages, 1_000)].reduce(receive, initialLog());
const ids = (log: Log) => visible(log).map(({ id }) => id);

test('the newest message comes first, each message once', () => {
  const log = [user(3), user(4), user(3)].reduce(receive, begin(user(2), user(1)));
  expect(ids(log)).toEqual(['msg_4', 'msg_3', 'msg_2', 'msg_1']);
});

test('messages that arrive during a pause are listed at its end', () => {
  const held = receive(pause(begin(user(1))), user(2));
  expect([ids(held), held.held.length]).toEqual([['msg_1'], 1]);
  expect(ids(resume(held))).toEqual(['msg_2', 'msg_1']);
});

test('older messages of one type leave no hidden gap in the list of all', () => {
  const typed = receive({ ...choose(begin(user(9), guild(8)), 'guild'), asking: 'guild' }, page([guild(8), guild(2)]));
  expect(ids(typed)).toEqual(['guild_8', 'guild_2']);
  expect(ids(choose(typed, 'all'))).toEqual(['msg_9', 'guild_8']);
  expect([hasOlder(typed), hasOlder(choose(typed, 'all'))]).toEqual([false, true]);
});

test('after a long absence the list starts again instead of with a gap', () => {
  const back = [{ action: 'connected' }, page([user(60), user(59)], 1_000)].reduce(receive, begin(user(2), user(1)));
  expect(ids(back)).toEqual(['msg_60', 'msg_59']);
  const soon = [{ action: 'connected' }, page([user(3), user(2)], 1_000)].reduce(receive, begin(user(2), user(1)));
  expect(ids(soon)).toEqual(['msg_3', 'msg_2', 'msg_1']);
});

test('a list that is too long loses its oldest, which can be loaded again', () => {
  const log = receive({ ...begin(), asking: 'all' }, page(Array.from({ length: 2_000 }, (_, at) => user(at + 1))));
  const more = receive(log, user(3_000));
  expect([ids(log).length, hasOlder(log), ids(more).length, ids(more).at(-1), hasOlder(more)]).toEqual([
    2_000,
    false,
    2_000,
    'msg_2',
    true,
  ]);
});

test('more results are added to the same search, and others are ignored', () => {
  const results = (query: string, ...found: LogMessage[]) => ({
    action: 'search_results',
    query,
    results: found,
    count: 3,
    count_exact: true,
  });
  const first = receive({ ...begin(), searching: 'word' }, results('word', user(1), user(2)));
  const second = receive(first, results('word', user(3)));
  expect(second.found?.results.map(({ id }) => id)).toEqual(['msg_1', 'msg_2', 'msg_3']);
  expect(receive(second, results('other', user(9)))).toBe(second);
});

test('a refused reader is not reconnected; other errors keep the list open', () => {
  const error = (error_code: number, details = {}) => ({ action: 'error', error_code, error_message: 'No', details });
  expect(receive(initialLog(), error(4000)).status).toBe('refused');
  const limited = receive({ ...begin(user(1)), asking: 'all' }, error(4003, { reset_in_seconds: 7 }));
  expect([limited.status, limited.asking, limited.error && errorText(limited.error)]).toEqual([
    'open',
    null,
    'Too many requests. Try again in 7 s',
  ]);
  expect(
    receive(limited, {
      action: 'rate_limit',
      current_requests: 95,
      limit: 100,
      window_seconds: 60,
      reset_in_seconds: 3,
    } as { action: string }).warning?.current_requests,
  ).toBe(95);
});

test('an unknown message changes nothing', () => {
  const log = begin(user(1));
  expect([receive(log, { action: 'constructor' }), receive(log, { type: 'from_the_future' })]).toEqual([log, log]);
});

test('messages have texts', () => {
  expect(describe(guild(1))).toEqual({ who: 'Jade', text: 'is at war', notes: ['level 2'] });
  expect(describe(user(1))).toEqual({ who: 'Ann', text: 'word 1', notes: ['lobby'] });
});
