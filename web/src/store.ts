// The state in its one signal, and the connection that feeds it.
import { signal } from '@preact/signals';
import { keepGame, played } from './games';
import { caughtUp, type Incoming, notice, receive } from './handlers';
import { keep } from './keep';
import { decisionKey } from './decision_key';
import { guestName } from './names';
import type { ServerEvents } from './protocol/server';
import { REMOVED, refusalText } from './refusals';
import { tokens } from './rest';
import { go } from './route';
import { GameSocket } from './socket';
import { initial, type Notice, type State } from './state';

export const state = signal<State>({
  ...initial(keep.get('name', '') || guestName()),
  closedBanners: keep.tab<readonly string[]>('closedWords', []),
});

/** The newest state. It is ahead of `state` while missed events come in, because those are shown all at once. */
let latest = state.value;

/** Milliseconds to wait for missed events before the state of `reconnected` is shown without them. */
const PATIENCE = 10_000;
let patience: ReturnType<typeof setTimeout> | undefined;

/** Changes the state; nothing else does. */
export function change(step: (state: State) => State): void {
  latest = step(latest);
  if (latest.catchingUp > 0) {
    patience ??= setTimeout(() => change(caughtUp), PATIENCE);
    return;
  }
  clearTimeout(patience);
  patience = undefined;
  state.value = latest;
}

export const showNotice = (kind: Notice['kind'], text: string): void => change((before) => notice(before, kind, text));
export const dismiss = (id: number): void =>
  change((before) => ({ ...before, notices: before.notices.filter((one) => one.id !== id) }));
/** Closes the scores of the last round. */
export const readSheet = (): void =>
  change((before) => (before.sheet ? { ...before, sheet: { ...before.sheet, isRead: true } } : before));
export const forgetPause = (): void => change((before) => ({ ...before, maintenance: null }));
export const forgetAnnouncement = (): void => change((before) => ({ ...before, announcement: null }));
/** Closes the banner of an announcement or a pause in this tab; it stays closed after a reload. */
export const closeBanner = (key: string): void => {
  change((before) => ({ ...before, closedBanners: [...before.closedBanners, key].slice(-20) }));
  keep.setTab('closedWords', latest.closedBanners);
};
export const readAway = (): void => change((before) => ({ ...before, away: null }));

export const socket = new GameSocket({
  url: () => {
    const token = tokens.value ? `?token=${encodeURIComponent(tokens.value.token)}` : '';
    return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws/lobby${token}`;
  },
  claim: () => {
    const seat = keep.seat();
    if (!seat) return null;
    const isKnown = latest.room?.id === seat.room;
    change((before) => ({ ...before, seen: isKnown ? before.sequence : seat.sequence }));
    // A reloaded page requests the last two `phase_change` events again: the deadline, the bonuses and the end of the
    // game are not part of `reconnected`.
    return { ...seat, sequence: isKnown ? latest.sequence : Math.max(0, (seat.phases?.[0] ?? 0) - 1) };
  },
  onMessage: (message) => {
    remember(message);
    change((before) => receive(before, message));
    if (message.sequence_number !== undefined)
      keep.saw(latest.sequence, message.event === 'phase_change' ? message.sequence_number : null);
  },
  onStatus: (status, attempt) =>
    change((before) => ({
      ...(status === 'open' ? before : caughtUp(before)),
      connection: {
        ...before.connection,
        status,
        attempt,
        latency: status === 'open' ? before.connection.latency : null,
      },
    })),
  onSeatLost: ({ code, message, details }) => {
    const seat = keep.seat();
    if (seat) keep.leave(seat.room);
    const text =
      code === REMOVED
        ? refusalText(code, message, details)
        : 'You can’t go back to that table: it has closed, or the seat is no longer yours.';
    change((before) =>
      notice({ ...before, room: null, game: null, hand: null, catchingUp: 0, arrival: null }, 'info', text),
    );
    if (code === REMOVED) go({ screen: 'lobby' }, 'replace');
  },
  sequence: () => latest.sequence,
  current: () => ({ room: latest.room?.id ?? '', decision: decisionKey(latest) }),
});

/** Stores what must survive a reload: a seat's session token, which is sent only once, and a game's result. */
function remember(message: Incoming): void {
  if (message.event === 'game_over') keepGame(played(latest, (message as ServerEvents['game_over']).data, Date.now()));
  const { event, data } = message as Incoming & {
    data?: { session_token?: string; room_id?: string; creator?: string; player_name?: string; reason?: string };
  };
  if (event === 'room_left' && data?.room_id) keep.leave(data.room_id);
  if (event === 'room_left' && data?.reason === 'removed') go({ screen: 'lobby' }, 'replace');
  if (data?.session_token && data.room_id) {
    const name = data.creator ?? data.player_name ?? latest.name;
    const before = keep.seat();
    const known = before?.room === data.room_id ? before : { sequence: message.sequence_number ?? 0 };
    keep.sit({ ...known, room: data.room_id, name, token: data.session_token });
  }
}
