// One handler for each event of the server, as a change of the state. A missing handler does not compile; an event that
// this version of the page does not know changes nothing.
import { byName } from './by_name';
import { narrate, timeoutText } from './narrate';
import { BANNED, refusalText, WAS_REMOVED } from './refusals';
import type { GameState, SeatData, ServerEvents } from './protocol/server';
import { withSheet } from './score_sheet';
import { type Game, gameOf, type Happening, type Notice, type Pause, phaseOf, type Room, type State } from './state';
import { withHand, withPhase } from './observations';

type Handlers = { [E in keyof ServerEvents]: (state: State, message: ServerEvents[E]) => State };

/** Any message, including one from a server that is newer than this page. */
export interface Incoming {
  event: string;
  sequence_number?: number;
  client_sequence?: number;
  server_time?: number;
}

const MOST_HAPPENINGS = 300;
const MOST_CHAT = 300;

const same = (state: State): State => state;

const handlers: Handlers = {
  // The connection counts as open only after the seat is restored, so its status does not change here. The server sends
  // pauses and announcements to every new connection: those that it does not send again are over.
  connected: (state, { data }) => ({
    ...state,
    guestsAllowed: data.guests_allowed !== false,
    maintenance: null,
    announcement: null,
  }),
  announcement: (state, { data, server_time }) => {
    const { message: text, severity, announced_at: at, ended } = data;
    if (ended) return state.announcement?.at === at ? { ...state, announcement: null } : state;
    // The clock of this device may be wrong, so only the remaining time is taken from the server.
    return { ...state, announcement: { text, severity, at, ends: Date.now() + (data.ends_at - server_time) * 1000 } };
  },
  maintenance: (state, { data: { event, scheduled_time, duration, ended } }) => ({
    ...state,
    maintenance: ended ? null : pause(event, scheduled_time, duration),
  }),
  disconnected: (state, { data }) => {
    const status = data.reason === 'replaced' ? 'replaced' : data.reason === BANNED ? 'banned' : 'lost';
    return { ...state, connection: { ...state.connection, status } };
  },
  version_accepted: same,
  deprecation_warning: same,
  server_time: same,
  pong: (state, { data }) => {
    const latency = Math.max(0, Date.now() - data.client_time);
    return { ...state, connection: { ...state.connection, latency } };
  },

  room_list: (state, { data }) => ({ ...state, rooms: data.rooms, roomsTotal: data.total }),
  room_created: (state, { data }) => ({
    ...seated(state, data.creator),
    seen: 0,
    room: {
      id: data.room_id,
      name: data.room_name,
      host: data.creator,
      options: data.options,
      seats: [seat(data.creator, 0)],
    },
  }),
  room_joined: (state, { data }) => {
    const { room_id: id, room_name: name, host, options, players: seats } = data;
    const joined = { ...seated(state, state.name), seen: 0, room: { id, name, host, options, seats } };
    return data.game_state ? withGame(joined, data.game_state) : joined;
  },
  reconnected: (state, { data }) => {
    const {
      room_id: id,
      room_name,
      host,
      options,
      players: seats,
      game_state: game,
      hand,
      missed_events: catchingUp,
    } = data;
    const known = state.room?.id === id ? state : seated(state, data.player_name);
    const room = { id, name: room_name, host, options, seats };
    const back = {
      ...known,
      name: data.player_name,
      room,
      arrival: { room, game, hand },
      catchingUp,
      away: catchingUp ? [] : null,
    };
    return catchingUp ? back : caughtUp(back);
  },
  room_state: (state, { data }) => {
    const { room_id: id, room_name: name, host, options, players: seats } = data;
    return { ...state, room: { id, name, host, options, seats } };
  },
  room_left: (state, { data }) => {
    const left = { ...seated(state, state.name), room: null };
    return data.reason === 'removed' ? notice(left, 'info', WAS_REMOVED) : left;
  },
  player_joined: (state, { data }) => {
    const came = { ...seat(data.player_name, data.position), is_bot: data.is_bot };
    const present = withRoom(state, (room) => ({
      seats: [...without(room, data.position), came].sort((a, b) => a.position - b.position),
    }));
    return data.reconnected ? withPlayer(present, data.player_name, { is_bot: false, is_active: true }) : present;
  },
  player_left: (state, { data }) =>
    withRoom(state, (room) => ({ host: data.host ?? room.host, seats: without(room, data.position) })),

  game_started: (state, { data }) => {
    const scores = byName(data.players.map((player) => [player.name, 0] as const));
    const players = data.players.map((player) => ({ ...player, score: 0, is_active: true }));
    const start: GameState = { round_number: 0, turn_number: 0, players, scores, pile_counts: scores };
    const game = { ...gameOf(null, start, phaseOf(null, null)), commitment: data.deck_commitment };
    return withRoom({ ...state, game, hand: null, sheet: null }, () => ({
      seats: data.players,
      options: data.options,
    }));
  },
  hand_updated: (state, { data }) =>
    onGame({ ...state, hand: data }, ({ observations }) => ({ observations: withHand(observations, data.pieces) })),
  phase_change: (state, { data }) => {
    const game = gameOf(state.game, data.game_state, phaseOf(data.phase, data.phase_data));
    const allotted = data.deadline === null ? null : Math.max(1, data.deadline - data.server_time);
    const observations = withPhase(game.observations, game.round, data.phase_data);
    return withSheet({ ...state, game: { ...game, deadline: data.deadline, allotted, observations } }, Date.now());
  },
  declaration_accepted: same,
  redeal_decision_accepted: same,
  play_accepted: same,
  player_action: same,
  player_timeout: (state, { data }) => noticeIfLive(state, timeoutText(data.player, state.name)),
  bot_activated: (state, message) => {
    const { player } = message.data;
    const replaced = withPlayer(state, player, { is_bot: true, is_active: false });
    // The player's own replacement stays visible at the table, so it needs no notice.
    return player === state.name ? replaced : noticeIfLive(replaced, narrate(state, message));
  },
  special_bonus: (state, { data }) => onGame(state, (game) => ({ bonuses: [...game.bonuses, data] })),
  game_over: (state, { data }) => onGame(state, () => ({ over: data, scores: data.final_scores, deadline: null })),
  chat_message: (state, { data }) =>
    state.chat.some((known) => known.message_id === data.message_id)
      ? state
      : { ...state, chat: [...state.chat, data].slice(-MOST_CHAT), chatTotal: state.chatTotal + 1 },

  sync_response: (state, { data }) => {
    const events = data.missed_events.filter((event) => event.sequence > state.sequence);
    const replayed = events.reduce(
      (before, { event, sequence, data: missed }) =>
        take(before, { event, data: missed, sequence_number: sequence } as Incoming),
      state,
    );
    const full = data.full_state;
    const now = full
      ? {
          ...withGame(replayed, { ...full.game_state, phase: full.phase, phase_data: full.phase_data }),
          hand: full.hand,
        }
      : replayed;
    return { ...now, sequence: Math.max(now.sequence, data.current_sequence) };
  },
  error: (state, { error }) => {
    const { event, scheduled_time, duration } = error.details as {
      event?: string;
      scheduled_time?: number;
      duration?: number;
    };
    if (error.code === '4003' && event && scheduled_time) {
      return { ...state, maintenance: pause(event, scheduled_time, duration ?? 0) };
    }
    return notice({ ...state, refusal: { ...error } }, 'error', refusalText(error.code, error.message, error.details));
  },
  validation_error: (state, { error }) => notice(state, 'error', error.message),
};

/** The state after a message: applies its handler, unless the message is repeated, and what all messages share. */
export function receive(state: State, message: Incoming): State {
  const number = message.sequence_number;
  const isMissed = number !== undefined && state.catchingUp > 0;
  const isRepeated = number !== undefined && number <= state.sequence;
  if (!isMissed) {
    const clockOffset = message.server_time === undefined ? state.clockOffset : message.server_time - Date.now() / 1000;
    return isRepeated && !isAnswer(message) ? state : { ...take(state, message), clockOffset };
  }
  // Every missed event is counted, even one that is known already; otherwise the page would wait forever. How the seat
  // was taken is already in `reconnected`, and the time of an old event says nothing about the server's clock now.
  const applied = isRepeated ? state : isAnswer(message) ? counted(state, message, null) : take(state, message);
  const next = { ...applied, catchingUp: state.catchingUp - 1 };
  return next.catchingUp === 0 ? caughtUp(next) : next;
}

/** All missed events are in, or no more will come: applies the state that `reconnected` sent. */
export function caughtUp(state: State): State {
  const { arrival } = state;
  if (!arrival) return state.catchingUp ? { ...state, catchingUp: 0 } : state;
  const { room, game, hand } = arrival;
  const now = withGame({ ...state, room, hand, catchingUp: 0, arrival: null }, game);
  // The returning player has the seat back, whatever the missed events said.
  const active = withPlayer(now, state.name, { is_bot: false, is_active: true });
  return onGame(active, ({ observations }) => ({ observations: withHand(observations, hand?.pieces ?? []) }));
}

/** Answers that assign or free a seat; they apply whatever their number, because each room numbers its own events. */
const isAnswer = (message: Incoming): boolean => /^room_(created|joined|left)$/.test(message.event);

function take(state: State, message: Incoming): State {
  const handler = Object.hasOwn(handlers, message.event) ? handlers[message.event as keyof Handlers] : undefined;
  if (!handler) return counted(state, message, null);
  const text = narrate(state, message);
  const next = (handler as (state: State, message: Incoming) => State)(state, message);
  return counted(next, message, text);
}

/** Records the event's sequence number and its sentence. */
function counted(state: State, message: Incoming, text: string | null): State {
  const number = message.sequence_number;
  if (number === undefined)
    return text ? { ...state, happenings: happened(state.happenings, { sequence: 0, text }) } : state;
  const happening = text ? { sequence: number, text } : null;
  const isMissed = state.catchingUp > 0;
  return {
    ...state,
    sequence: isAnswer(message) && !isMissed ? number : Math.max(state.sequence, number),
    happenings: happening ? happened(state.happenings, happening) : state.happenings,
    away: isMissed && happening && number > state.seen ? [...(state.away ?? []), happening] : state.away,
  };
}

const happened = (before: readonly Happening[], now: Happening) => [...before, now].slice(-MOST_HAPPENINGS);

let notices = 0;

/** The state with a new notice; at most 3 are kept. */
export function notice(state: State, kind: Notice['kind'], text: string): State {
  notices += 1;
  return { ...state, notices: [...state.notices, { id: notices, kind, text }].slice(-3) };
}

/** Adds a notice, unless missed events are being replayed: those are listed in the banner instead. */
const noticeIfLive = (state: State, text: string | null): State =>
  text && state.catchingUp === 0 ? notice(state, 'info', text) : state;
const pause = (event: string, scheduled: number, duration: number): Pause => ({
  event,
  begins: scheduled * 1000,
  ends: (scheduled + duration) * 1000,
});
const seat = (name: string, position: number): SeatData => ({ name, position, is_bot: false });
const without = (room: Room, position: number) => room.seats.filter((taken) => taken.position !== position);

/** The state at a new table, with everything of the previous one cleared. */
function seated(state: State, name: string): State {
  return {
    ...state,
    name,
    game: null,
    hand: null,
    sheet: null,
    chat: [],
    chatRead: 0,
    chatTotal: 0,
    happenings: [],
    away: null,
    sequence: 0,
    catchingUp: 0,
    arrival: null,
    refusal: null,
  };
}

function withRoom(state: State, change: (room: Room) => Partial<Room>): State {
  return state.room ? { ...state, room: { ...state.room, ...change(state.room) } } : state;
}

function onGame(state: State, change: (game: Game) => Partial<Game>): State {
  return state.game ? { ...state, game: { ...state.game, ...change(state.game) } } : state;
}

function withPlayer(state: State, name: string, change: { is_bot: boolean; is_active: boolean }): State {
  const changed = (game: Game) =>
    game.players.map((player) => (player.name === name ? { ...player, ...change } : player));
  return onGame(state, (game) => ({ players: changed(game) }));
}

function withGame(state: State, data: GameState): State {
  const phase = phaseOf(data.phase, data.phase_data);
  return withSheet(
    { ...state, game: phase.name === 'NOT_STARTED' ? null : gameOf(state.game, data, phase) },
    Date.now(),
  );
}
