// What a player can do. Each action is one message to the server, which alone decides whether it is allowed.
import { keep } from './keep';
import type { BotDifficulty, Options } from './protocol/client';
import { go } from './route';
import type { GameSocket, Reply } from './socket';
import { change, socket, state } from './store';

/** Requests without an answer yet, by event and data. */
const underway = new Map<string, Promise<Reply>>();

/** A second click while the same request is pending sends nothing: it gets the answer to the first. */
const ask: GameSocket['ask'] = (event, data) => {
  const key = DECISIONS.has(event) ? 'decision' : `${event} ${JSON.stringify(data)}`;
  const answer = underway.get(key) ?? socket.ask(event, data).finally(() => underway.delete(key));
  underway.set(key, answer);
  return answer;
};

/** Only one of these can be pending at a time, whatever its data. */
const DECISIONS: ReadonlySet<string> = new Set(['declare', 'play', 'accept_redeal', 'decline_redeal']);

const me = () => ({ player_name: state.value.name });

export function rename(name: string): void {
  change((before) => ({ ...before, name }));
  keep.set('name', name.trim());
}

/** Trims and normalizes (NFC) the name, as the server does; messages must carry the name that the server uses. */
const normalizeName = (): void => change((before) => ({ ...before, name: before.name.trim().normalize('NFC') }));

/** Milliseconds until the room list is requested again if it did not arrive. */
const LIST_AGAIN = 5_000;

export async function listRooms(): Promise<void> {
  const { ok } = await socket.ask('room_list', { limit: 100 });
  if (ok) return;
  setTimeout(() => {
    const { connection, room, rooms } = state.value;
    if (connection.status === 'open' && !room && rooms === null) listRooms();
  }, LIST_AGAIN);
}

export async function createRoom(room_name: string, is_public: boolean, options: Options): Promise<Reply> {
  normalizeName();
  const reply = await ask('create_room', { room_name, ...me(), is_public, options });
  if (reply.ok) enter();
  return reply;
}

/** A table name such as `Ann’s practice game`, cut to the 50 characters that a table name may have. */
export function tableOf(player: string, what: string): string {
  const owner = player.trim();
  const end = owner ? `’s ${what}` : `My ${what}`;
  return [...owner].slice(0, 50 - end.length).join('') + end;
}

/** Starts a game against three bots at once. */
export async function practice(level: BotDifficulty, pace: Options['pace'] = 'normal'): Promise<void> {
  const options = { bot_difficulty: level, fill_with_bots: true, pace, turn_timeout_seconds: 120 };
  const made = await createRoom(tableOf(state.value.name, 'practice game'), false, options);
  if (made.ok) await startGame();
}

export async function joinRoom(room_id: string): Promise<Reply> {
  normalizeName();
  const reply = await ask('join_room', { room_id, ...me() });
  if (reply.ok) enter();
  return reply;
}

/** Returns to a seat that this browser had before the page was closed. */
export function returnToSeat(room: string): void {
  const seat = keep.seatOf(room);
  if (!seat) return;
  // This tab has seen no event of the room, so it requests all that the server still has.
  keep.sit({ room, name: seat.name, token: seat.token, sequence: 0 });
  socket.open();
  go({ screen: 'room', id: room });
}

/** Takes the seat back from another window. */
export const takeBack = (): void => socket.open();

const enter = (): void => {
  const { room } = state.value;
  if (room) go({ screen: 'room', id: room.id });
};

/** Gives up the seat; during a game a bot takes over. Returns false if the request failed. */
export async function leaveRoom(): Promise<boolean> {
  const { room, game } = state.value;
  const { ok } = await ask('leave_room', me());
  if (!ok) return false;
  if (room && game && !game.over) keep.giveUp(room.id);
  go({ screen: 'lobby' });
  return true;
}

export const startGame = (): Promise<Reply> => ask('start_game', me());
export const addBot = (position: number, difficulty: BotDifficulty): Promise<Reply> =>
  ask('add_bot', { position, difficulty });
export const removeBot = (position: number): Promise<Reply> => ask('remove_bot', { position });

/** The host removes a person, who can't join this table again for a while. */
export const removePlayer = (position: number): Promise<Reply> => ask('remove_player', { position });

export const declare = (declaration: number): Promise<Reply> => ask('declare', { ...me(), declaration });
export const play = (piece_ids: string[]): Promise<Reply> => ask('play', { ...me(), piece_ids });
export const decideRedeal = (accepts: boolean): Promise<Reply> =>
  ask(accepts ? 'accept_redeal' : 'decline_redeal', me());
export const chat = (message: string): Promise<Reply> => socket.ask('chat', { ...me(), message });
