// The connection of contract game: kept alive, made again when it is lost, and going on where it was. `queue.ts`
// decides what becomes of each request; this file has the WebSocket and the clock.
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

/** A seat as it is asked for: `sequence` is the event from which on the server shall tell. */
export interface Claim {
  room: string;
  name: string;
  token: string;
  sequence: number;
}

export interface SocketContext {
  url: () => string;
  /** The seat to go back to, if there is one. */
  claim: () => Claim | null;
  /** Every message of the server. */
  onMessage: (message: Incoming) => void;
  /** The connection is open, or lost for the time being, after so many attempts. */
  onStatus: (status: 'connecting' | 'open' | 'lost', attempt: number) => void;
  /** The seat is lost: the table is gone, the seat is somebody else's, or the host has removed the player. */
  onSeatLost: (error: ErrorData) => void;
  /** The last event that is known here. */
  sequence: () => number;
  /** The room, and what its game asks now. */
  decision: () => { room: string; decision: string };
}

/** What a request was answered with; `ok` is false for a refusal. */
export interface Reply {
  ok: boolean;
  message: Incoming;
}

/** Every event that a client may ask with. Those that are only said have no answer to wait for. */
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

/** What the player reads when a request ended without the server's answer. */
const TEXTS: Record<Refused, string> = {
  offline: 'There is no connection, so this was not sent. Try again.',
  unanswered: 'The server did not answer in time. Check whether it worked before you try again.',
  lost: 'The connection was lost before the server answered. Try again.',
  no_seat: 'You no longer have a seat at this table.',
  moved_on: 'The game went on while you were away, so this was not sent.',
  closed: 'Your seat is open in another window, so this was not sent.',
};

const PING_EVERY = 5_000;
/** Without any message for so long, the connection counts as lost. */
const SILENCE = 12_000;
const LONGEST_WAIT = 8_000;
/** More numbers in a row than others' private events can have taken: something was missed. */
const WIDEST_GAP = 3;

interface Waiting {
  event: keyof typeof SCOPES;
  data: unknown;
  settle: (reply: Reply) => void;
}

export class GameSocket {
  private socket: WebSocket | null = null;
  private queue: Queue = EMPTY;
  /** What the queue's requests say, and who waits for them. */
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

  /** For good, until it is opened again. */
  close(): void {
    this.isClosed = true;
    clearTimeout(this.retry);
    clearInterval(this.heartbeat);
    this.drop();
    this.apply({ kind: 'closed' });
  }

  /** Tries at once, as when the network is back. */
  reconnectNow(): void {
    if (!this.isClosed && this.socket?.readyState !== WebSocket.OPEN) this.open();
    else this.synchronise();
  }

  /**
   * The network is said to be gone: what is open is given up and made again, for nobody can tell whether it still
   * hears.
   */
  assumeLost(): void {
    if (!this.isClosed && this.socket) this.lost();
  }

  /** Asks for something; resolves with the answer, or with a refusal of this page when none came in time. */
  ask<E extends keyof typeof SCOPES>(event: E, data: DataOf<E>): Promise<Reply> {
    this.lastId += 1;
    const request = { id: this.lastId, scope: SCOPES[event], ...this.context.decision(), at: Date.now() };
    const reply = new Promise<Reply>((settle) => this.waiting.set(request.id, { event, data, settle }));
    this.apply({ kind: 'asked', request });
    // A timer of its own, because the connection's beat may have ended.
    setTimeout(() => this.apply({ kind: 'time', at: Date.now() }), LIMIT + 10);
    return reply;
  }

  /** Says something that needs no answer of its own. */
  send<E extends OneWay>(event: E, data: DataOf<E>): void {
    this.write({ event, data });
  }

  /** Asks for the events that are not known here. */
  synchronise(): void {
    if (this.queue.line === 'seated') this.send('sync_request', { last_sequence: this.context.sequence() });
  }

  private write(message: object): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  /** Takes one more step of the queue, and does what follows from it; `message` is an answer that it may settle. */
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
    // Whoever leaves and finds the seat gone has what they wanted; the list is asked for by the page itself.
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
    // A little by chance, so that a thousand pages do not come back in the same instant.
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

  /** What the connection itself learns of a message. */
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
          ...this.context.decision(),
          highest: Number(message.data?.['last_client_sequence'] ?? 0),
        });
        break;
      case 'room_left':
        this.apply({ kind: 'unseated' });
        break;
      case 'disconnected':
        // Another window has the seat: taking it back would go on for ever. A ban ends when an operator lifts it.
        if (message.data?.['reason'] === 'replaced' || message.data?.['reason'] === BANNED) this.close();
        break;
    }
  }

  /** The connection can be used; not before the seat is back, for a server may refuse that one for the time being. */
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
    // The server is busy; the seat stays.
    if (error.code.startsWith('4')) return this.lost();
    this.context.onSeatLost(error);
    this.ready();
    this.apply({ kind: 'unseated' });
  }
}

const isRefusal = ({ event }: Incoming): boolean => event === 'error' || event === 'validation_error';
