// What a player can do; each is one message to the server, which alone knows whether it may be done.
import { keep } from './keep';
import type { BotDifficulty, Options } from './protocol/client';
import { go } from './route';
import type { Reply } from './socket';
import { change, socket, state } from './store';

const me = () => ({ player_name: state.value.name });

export function rename(name: string): void {
  change((before) => ({ ...before, name }));
  keep.set('name', name.trim());
}

/** Makes the name what the server will call it: without blanks around it, and with its letters composed. */
const settleName = (): void => change((before) => ({ ...before, name: before.name.trim().normalize('NFC') }));

export const listRooms = (): void => socket.say('room_list', { limit: 100 });

export async function createRoom(room_name: string, is_public: boolean, options: Options): Promise<Reply> {
  settleName();
  const reply = await socket.ask('create_room', { room_name, ...me(), is_public, options });
  if (reply.ok) enter();
  return reply;
}

/** A table with three bots, at once. */
export async function practice(level: BotDifficulty, pace: Options['pace'] = 'normal'): Promise<void> {
  const options = { bot_difficulty: level, fill_with_bots: true, pace, turn_timeout_seconds: 120 };
  const made = await createRoom(`${state.value.name} practises`.slice(0, 50), false, options);
  if (made.ok) await startGame();
}

export async function joinRoom(room_id: string): Promise<Reply> {
  settleName();
  const reply = await socket.ask('join_room', { room_id, ...me() });
  if (reply.ok) enter();
  return reply;
}

/** Takes a seat of this browser again, as after the page was closed. */
export function comeBack(room: string): void {
  const seat = keep.seatOf(room);
  if (!seat) return;
  keep.sit({ ...seat, sequence: 0 });
  socket.open();
  go({ screen: 'room', id: room });
}

/** Takes the seat back from another window. */
export const takeBack = (): void => socket.open();

const enter = (): void => {
  const { room } = state.value;
  if (room) go({ screen: 'room', id: room.id });
};

/** Gives the seat up; during a game a bot plays on. */
export async function leaveRoom(): Promise<void> {
  const reply = await socket.ask('leave_room', me());
  if (reply.ok) go({ screen: 'lobby' });
}

export const startGame = (): Promise<Reply> => socket.ask('start_game', me());
export const addBot = (position: number, difficulty: BotDifficulty): Promise<Reply> => socket.ask('add_bot', { position, difficulty });
export const removeBot = (position: number): Promise<Reply> => socket.ask('remove_bot', { position });

export const declare = (declaration: number): Promise<Reply> => socket.ask('declare', { ...me(), declaration });
export const play = (piece_ids: string[]): Promise<Reply> => socket.ask('play', { ...me(), piece_ids });
export const decideRedeal = (accepts: boolean): Promise<Reply> => socket.ask(accepts ? 'accept_redeal' : 'decline_redeal', me());
export const chat = (message: string): Promise<Reply> => socket.ask('chat', { ...me(), message });
