// The connection of contract game, which reconnects by itself and resumes the seat. `queue.ts` decides what happens to
// each request; this file owns the WebSocket and the timers.
import type { Incoming } from './handlers';
import type { ClientEvents } from './protocol/client';
import type { ErrorData } from './protocol/server';
import { BANNED } from './refusals';
import {
  type Effect,
  EMPTY,
  type End,
  type QueueEvent,
  LIMIT,
  type Queue,
  type Refused,
  type Scope,
  step,
} from './queue';

type DataOf<E extends keyof ClientEvents> = ClientEvents[E] extends { data: infer D }
  ? D
  : ClientEvents[E] extends { data?: infer D }
    ? D
    : never;

/** The claim of a seat: the server repeats the events after `sequence`. */
export interface Claim {
  room: string;
  name: string;
  token: string;
  sequence: number;
}

export interface SocketContext {
  url: () => string;
  /** The seat to return to; null if there is none. */
  claim: () => Claim | null;
  /** Called for every message of the server. */
  onMessage: (message: Incoming) => void;
  /** Called when the status changes; `attempt` counts the attempts since the connection was lost. */
  onStatus: (status: 'connecting' | 'open' | 'lost', attempt: number) => void;
  /** Called when the seat can't be restored: the room is gone, or the seat is no longer the player's. */
  onSeatLost: (error: ErrorData) => void;
  /** The sequence number of the last known event. */
  sequence: () => number;
  /** The room and the decision that its game waits for. */
  current: () => { room: string; decision: string };
}

/** The answer to a request; `ok` is false if it was refused. */
export interface Reply {
  ok: boolean;
  message: Incoming;
}

/** The scope of every request. Events in `OneWay` have no answer to wait for. */
const SCOPES: Record<Exclude<keyof ClientEvents, OneWay>, Scope> = {
  create_room: 'lobby',
  join_room: 'lobby',
  room_list: 'lobby',
  leave_room: 'seat',
  start_game: 'seat',
  add_bot: 'seat',
  remove_bot: 'seat',
  remove_player: 'seat',
  chat: 'seat',
  get_room_state: 'seat',
  declare: 'decision',
  play: 'decision',
  accept_redeal: 'decision',
  decline_redeal: 'decision',
};
type OneWay = 'connect' | 'version_info' | 'ping' | 'server_time' | 'sync_request';

/** Texts for requests that ended without an answer from the server. */
const TEXTS: Record<Refused, string> = {
  offline: 'There is no connection, so this was not sent. Try again.',
  unanswered: 'The server did not answer in time. Check whether it worked before you try again.',
  lost: 'The connection was lost before the server answered. Try again.',
  no_seat: 'You no longer have a seat at this table.',
  moved_on: 'The game went on while you were away, so this was not sent.',
  closed: 'Your seat is open in another window, so this was not sent.',
};

/** Milliseconds between pings. */
const PING_EVERY = 5_000;
/** Milliseconds without any message after which the connection counts as lost. */
const SILENCE = 12_000;
/** The longest wait before an attempt to reconnect, in milliseconds. */
const LONGEST_WAIT = 8_000;
/** Private events of the other three players leave gaps of up to 3 numbers; after a wider gap, events are missing. */
const WIDEST_GAP = 3;

interface Waiting {
  event: keyof typeof SCOPES;
  data: unknown;
  settle: (reply: Reply) => void;
}

export class GameSocket {
  private socket: WebSocket | null = null;
  private queue: Queue = EMPTY;
  /** The content of the queue's requests and the promises to settle, by id. */
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;
  private attempt = 0;
  private lastMessageAt = 0;
  private isClosed = false;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private heartbeat: ReturnType<typeof setInterval> | undefined;
  private readonly context: SocketContext;

  constructor(context: SocketContext) {
    this.context = context;
  }

  open(): void {
    this.isClosed = false;
    clearTimeout(this.retry);
    this.drop();
    this.context.onStatus(this.attempt ? 'lost' : 'connecting', this.attempt);
    const socket = new WebSocket(this.context.url());
    this.socket = socket;
    this.lastMessageAt = Date.now();
    socket.onmessage = ({ data }) => this.socket === socket && this.receive(String(data));
    socket.onclose = () => this.socket === socket && this.lost();
    clearInterval(this.heartbeat);
    this.heartbeat = setInterval(() => this.checkHeartbeat(), 1_000);
  }

  /** Closes the connection and ends all requests; only `open` connects again. */
  close(): void {
    this.isClosed = true;
    clearTimeout(this.retry);
    clearInterval(this.heartbeat);
    this.drop();
    this.apply({ kind: 'closed' });
  }

  /** Reconnects now instead of after the wait, or fetches missing events if the connection is open. */
  reconnectNow(): void {
    if (!this.isClosed && this.socket?.readyState !== WebSocket.OPEN) this.open();
    else this.synchronise();
  }

  /** Replaces the connection when the browser reports that it is offline: it may be dead without being closed. */
  assumeLost(): void {
    if (!this.isClosed && this.socket) this.lost();
  }

  /** Sends a request; resolves with the answer, or with an error made here if there was none in time. */
  ask<E extends keyof typeof SCOPES>(event: E, data: DataOf<E>): Promise<Reply> {
    this.lastId += 1;
    const request = { id: this.lastId, scope: SCOPES[event], ...this.context.current(), at: Date.now() };
    const reply = new Promise<Reply>((settle) => this.waiting.set(request.id, { event, data, settle }));
    this.apply({ kind: 'asked', request });
    // A timer of its own, because the heartbeat stops when the connection is closed.
    setTimeout(() => this.apply({ kind: 'time', at: Date.now() }), LIMIT + 10);
    return reply;
  }

  /** Sends a message that has no answer of its own. */
  send<E extends OneWay>(event: E, data: DataOf<E>): void {
    this.write({ event, data });
  }

  /** Requests the events that are not known yet. */
  synchronise(): void {
    if (this.queue.line === 'seated') this.send('sync_request', { last_sequence: this.context.sequence() });
  }

  private write(message: object): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  /** Advances the queue and carries out the effects; `message` is the answer that settles a request. */
  private apply(event: QueueEvent, message?: Incoming): void {
    const { queue, effects } = step(this.queue, event);
    this.queue = queue;
    for (const effect of effects) this.carryOut(effect, message);
  }

  private carryOut(effect: Effect, message?: Incoming): void {
    switch (effect.kind) {
      case 'send': {
        const { event, data } = this.waiting.get(effect.id) ?? {};
        return this.write({ event, data, sequence: effect.number });
      }
      case 'claim':
        return this.claim(effect.number);
      case 'reconnect':
        return this.lost();
      case 'settle': {
        const waiting = this.waiting.get(effect.id);
        this.waiting.delete(effect.id);
        return waiting?.settle(this.replyOf(waiting.event, effect.end, message));
      }
    }
  }

  private replyOf(event: keyof typeof SCOPES, end: End, message?: Incoming): Reply {
    if (end === 'answered' && message) return { ok: !isRefusal(message), message };
    const error = {
      code: end,
      message: end === 'answered' ? '' : TEXTS[end],
      details: {},
      timestamp: Date.now() / 1000,
      recoverable: true,
    };
    const refusal = { event: 'error', error } as Incoming;
    // A player who leaves and has no seat any more got what they wanted. The room list is requested by the page itself,
    // so its failure is no news to the player.
    const ok = event === 'leave_room' && end === 'no_seat';
    if (!ok && event !== 'room_list') this.context.onMessage(refusal);
    return { ok, message: refusal };
  }

  private drop(): void {
    const socket = this.socket;
    this.socket = null;
    socket?.close();
    this.apply({ kind: 'lost' });
  }

  private lost(): void {
    this.drop();
    if (this.isClosed) return;
    this.attempt += 1;
    this.context.onStatus('lost', this.attempt);
    // ±25 % jitter, so that a thousand pages do not reconnect in the same instant.
    const wait = Math.min(LONGEST_WAIT, 250 * 2 ** (this.attempt - 1)) * (0.75 + Math.random() / 2);
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.open(), wait);
  }

  private checkHeartbeat(): void {
    const silent = Date.now() - this.lastMessageAt;
    if (silent > SILENCE) this.lost();
    else if (silent > PING_EVERY - 500 || Date.now() % PING_EVERY < 1_000)
      this.send('ping', { client_time: Date.now() });
    this.apply({ kind: 'time', at: Date.now() });
  }

  private receive(text: string): void {
    this.lastMessageAt = Date.now();
    const message = JSON.parse(text) as Incoming & { data?: Record<string, unknown> };
    const number = message.client_sequence;
    if (number !== undefined && number === this.queue.claim?.number && isRefusal(message))
      return this.claimRejected(message);
    if (number !== undefined) this.apply({ kind: 'answered', number }, message);
    const before = this.context.sequence();
    const isLive = this.queue.line === 'seated' && before > 0 && !/^(room_|reconnected)/.test(message.event);
    this.context.onMessage(message);
    this.follow(message);
    const event = message.sequence_number;
    if (isLive && event !== undefined && event > before + 1 + WIDEST_GAP)
      this.send('sync_request', { last_sequence: before });
  }

  /** Updates the state of the connection and the queue after a message. */
  private follow(message: Incoming & { data?: Record<string, unknown> }): void {
    switch (message.event) {
      case 'connected': {
        this.send('ping', { client_time: Date.now() });
        const claims = this.context.claim() !== null;
        if (!claims) this.ready();
        this.apply({ kind: 'connected', claims, at: Date.now() });
        break;
      }
      case 'reconnected':
      case 'room_created':
      case 'room_joined':
        this.ready();
        this.apply({
          kind: 'seated',
          ...this.context.current(),
          highest: Number(message.data?.['last_client_sequence'] ?? 0),
        });
        break;
      case 'room_left':
        this.apply({ kind: 'unseated' });
        break;
      case 'disconnected':
        // If another window has the seat, reconnecting would start an endless fight over it. A ban ends only when an
        // operator lifts it.
        if (message.data?.['reason'] === 'replaced' || message.data?.['reason'] === BANNED) this.close();
        break;
    }
  }

  /** The connection can be used. Not called before the seat is restored: a busy server may refuse the claim. */
  private ready(): void {
    this.attempt = 0;
    this.context.onStatus('open', 0);
  }

  private claim(sequence: number): void {
    const claim = this.context.claim();
    if (!claim) return;
    const { room: room_id, name: player_name, token: session_token, sequence: last_sequence } = claim;
    this.write({ event: 'join_room', data: { room_id, player_name, session_token, last_sequence }, sequence });
  }

  private claimRejected(message: Incoming): void {
    const { error } = message as unknown as { error: ErrorData };
    // Codes 4xxx mean that the server is busy: the seat still exists, so the page tries again.
    if (error.code.startsWith('4')) return this.lost();
    this.context.onSeatLost(error);
    this.ready();
    this.apply({ kind: 'unseated' });
  }
}

const isRefusal = ({ event }: Incoming): boolean => event === 'error' || event === 'validation_error';
