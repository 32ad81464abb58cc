// Pauses as the game's contract announces them, and finished games as the profile lists them.
import { expect, test } from 'vitest';
import { played } from '../src/games';
import { type Incoming, receive } from '../src/handlers';
import type { GameOver } from '../src/protocol/server';
import { initial, type State } from '../src/state';
import { pauseText } from '../src/view/pause_text';

const refusal = (details: object): Incoming =>
  ({
    event: 'error',
    error: { code: '4003', message: 'No new rooms', details, recoverable: true },
    server_time: 1,
  }) as unknown as Incoming;

test('a pause is kept until it is closed; a refusal during one is a notice', () => {
  const planned = receive(initial('Ann'), refusal({ event: 'restart', scheduled_time: 100, duration: 600 }));
  expect(planned.maintenance).toEqual({ event: 'restart', begins: 100_000, ends: 700_000 });
  const refused = receive(initial('Ann'), refusal({ reason: 'maintenance' }));
  expect([refused.maintenance, refused.notices.length]).toEqual([null, 1]);
});

test('the text of a pause says when it starts and how long it lasts', () => {
  const pause = { event: 'restart', begins: 100_000, ends: 700_000 };
  expect(pauseText(pause, 0)).toMatch(/^New games will be paused at .* for about 10 minutes\. The server restarts/);
  expect(pauseText(pause, 200_000)).toMatch(/^New games are paused until/);
  expect(pauseText({ ...pause, event: 'unheard of' }, 0)).toMatch(/minutes\.$/);
});

test('players with equal points share a place in a finished game', () => {
  const room = { id: 'ABCD2345', name: 'Here' };
  const over = { final_scores: { Ann: 30, Bob: 52, Cid: 30, Dan: 4 } } as unknown as GameOver;
  const state = { ...initial('Ann'), room } as unknown as State;
  expect(played(state, over, 7)).toEqual({ room: 'ABCD2345', name: 'Here', at: 7, place: 2, score: 30, account: null });
  expect(played({ ...state, name: 'Eve' }, over, 7)).toBeNull();
});
