// Keeps the table chat across a reload: the server sends each message only once.
import { effect } from '@preact/signals';
import { keep } from './keep';
import type { ChatMessage } from './protocol/server';
import { change, state } from './store';

interface Kept {
  room: string;
  chat: readonly ChatMessage[];
  chatRead: number;
  chatTotal: number;
}

/** The number of messages to keep. */
const MOST = 100;

export function rememberChat(): void {
  let before = keep.tab<Kept | null>('chat', null);
  effect(() => {
    const { room, chat, chatRead, chatTotal } = state.value;
    if (!room) return;
    const kept = before;
    before = null;
    if (kept?.room === room.id && kept.chat.length > 0) {
      const since = chat.filter(({ message_id }) => kept.chat.every((one) => one.message_id !== message_id));
      change((now) => ({
        ...now,
        chat: [...kept.chat, ...since],
        chatRead: kept.chatRead,
        chatTotal: kept.chatTotal + since.length,
      }));
    } else {
      keep.setTab('chat', { room: room.id, chat: chat.slice(-MOST), chatRead, chatTotal });
    }
  });
}
