// The chat of the table, and the presence of players.
import { expect, test } from 'vitest';
import { type Incoming, receive } from '../src/handlers';
import type { SeatData } from '../src/protocol/server';
import { type Game, initial, type Room } from '../src/state';
import { bare, presentAt } from '../src/view/chat_seats';

const chatMessage = (message_id: string, player: string, is_bot = false): Incoming =>
  ({
    event: 'chat_message',
    data: { message_id, player, is_bot, message: 'hello' },
    room_id: 'ABCD2345',
    server_time: 1,
  }) as Incoming;

test('a message is kept once, and is unread until it is seen', () => {
  const after = [chatMessage('a', 'Ann'), chatMessage('b', 'Robo (bot)', true), chatMessage('a', 'Ann')].reduce(
    receive,
    initial('Ann'),
  );
  expect(after.chat.map(({ player, is_bot }) => [player, is_bot])).toEqual([
    ['Ann', false],
    ['Robo (bot)', true],
  ]);
  expect(after.chatTotal - after.chatRead).toBe(2);
});

test('unread messages are counted beyond those that are kept', () => {
  const after = Array.from({ length: 400 }, (_, at) => chatMessage(`m${at}`, 'Bob')).reduce(receive, initial('Ann'));
  expect([after.chat.length, after.chatTotal]).toEqual([300, 400]);
});

test('leaving a table clears its chat', () => {
  const after = [
    chatMessage('a', 'Bob'),
    { event: 'room_left', data: { room_id: 'ABCD2345' } } as unknown as Incoming,
  ].reduce(receive, initial('Ann'));
  expect([after.chat, after.chatTotal]).toEqual([[], 0]);
});

test('a player is here, away with a bot in their seat, or a bot', () => {
  const seat = (name: string, position: number, is_bot = false): SeatData => ({ name, position, is_bot });
  const seats = [seat('Ann', 0), seat('Bob', 1), seat('Robo (bot)', 2, true)];
  const players = seats.map((one) => ({ ...one, score: 0, is_active: one.name !== 'Bob' }));
  const all = presentAt({ seats } as unknown as Room, { players } as unknown as Game);
  expect(all.map(({ presence }) => presence)).toEqual(['here', 'away', 'bot']);
  expect(presentAt({ seats } as unknown as Room, null).map(({ presence }) => presence)).toEqual([
    'here',
    'here',
    'bot',
  ]);
  expect(all.map(({ name }) => bare(name))).toEqual(['Ann', 'Bob', 'Robo']);
});
