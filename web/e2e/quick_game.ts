// Plays a whole game quickly over the WebSocket from a script in the page, for tests of what follows a game.
import type { Page } from '@playwright/test';

/** Registers an account and stores its tokens in the page, as after logging in; returns the access token. */
export async function signUp(page: Page, username: string): Promise<string> {
  const answer = await page.request.post('/auth/register', { data: { username, password: 'correct horse' } });
  if (!answer.ok()) throw new Error(`registration: ${answer.status()} ${await answer.text()}`);
  const tokens = (await answer.json()) as { token: string; refreshToken: string };
  await page.addInitScript((text) => localStorage.setItem('liap.tokens', text), JSON.stringify(tokens));
  return tokens.token;
}

/** Plays a game against three bots to its end; returns the room's id. The page must be on the server's origin. */
export function quickGame(page: Page, { token = '', isPublic = false, name = 'Ann' } = {}): Promise<string> {
  return page.evaluate(playOut, { token, isPublic, name, join: '' });
}

/** Joins a table under these names, and plays for them in the background until the game is over. */
export async function seatOthers(page: Page, room: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    page.evaluate(playOut, { token: '', isPublic: false, name, join: room }).catch(() => undefined);
    await page.waitForFunction((one) => (window as unknown as { seated?: string[] }).seated?.includes(one), name);
  }
}

function playOut({
  token,
  isPublic,
  name,
  join,
}: {
  token: string;
  isPublic: boolean;
  name: string;
  join: string;
}): Promise<string> {
  return new Promise((done, failed) => {
    const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/ws/lobby${token ? `?token=${token}` : ''}`);
    let room = '';
    let isRedealAnswered = false;
    let hand: { pieces: { id: string }[]; valid_sets: { piece_ids: string[] }[] } = { pieces: [], valid_sets: [] };
    const send = (event: string, data: object) =>
      socket.send(JSON.stringify({ event, data: { player_name: name, ...data } }));
    const act = (phase: string, asked: any) => {
      if (
        phase === 'PREPARATION' &&
        asked.waiting_for_decisions &&
        asked.decisions[name] === null &&
        !isRedealAnswered
      ) {
        // Another player's answer repeats the question before the server has processed this one.
        isRedealAnswered = true;
        send('accept_redeal', {});
      }
      if (asked.current_player !== name) return;
      if (phase === 'DECLARATION')
        send('declare', { declaration: asked.valid_declarations.at(Math.min(2, asked.valid_declarations.length - 1)) });
      if (phase !== 'TURN') return;
      const count = asked.required_piece_count;
      send('play', {
        piece_ids: count === null ? hand.valid_sets.at(-1)?.piece_ids : hand.pieces.slice(-count).map(({ id }) => id),
      });
    };
    socket.onerror = () => failed(new Error('no connection'));
    socket.onmessage = ({ data: text }) => {
      const { event, data, error } = JSON.parse(text);
      if (error) failed(new Error(error.message));
      if (event === 'connected' && join) send('join_room', { room_id: join });
      else if (event === 'connected') {
        const options = { pace: 'instant', bot_difficulty: 'easy', rules: { target_score: 10, max_rounds: 4 } };
        send('create_room', { room_name: 'Quick', is_public: isPublic, options });
      }
      if (event === 'room_joined')
        Object.assign(window, { seated: [...((window as unknown as { seated?: string[] }).seated ?? []), name] });
      if (event === 'room_created') {
        room = data.room_id;
        send('start_game', {});
      }
      if (event === 'hand_updated') {
        hand = data;
        if (hand.pieces.length === 8) isRedealAnswered = false;
      }
      if (event === 'phase_change') act(data.phase, data.phase_data);
      if (event === 'game_over') {
        socket.close();
        done(room);
      }
    };
  });
}
