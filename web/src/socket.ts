// The connection of contract game: kept alive, made again when it is lost, and going on where it was. Nothing that was
// asked is lost or done twice: what has no answer is sent again under the number that it had.
import type { Incoming } from './handlers';
import type { ClientEvents } from './protocol/client';

type Asked<E extends keyof ClientEvents> = ClientEvents[E] extends { data: infer D } ? D : ClientEvents[E] extends { data?: infer D } ? D : never;

/** A seat as it is asked for: `sequence` is the event from which on the server shall tell. */
export interface Claim {
  room: string;
  name: string;
  token: string;
  sequence: number;
}

export interface Surroundings {
  url: () => string;
  /** The seat to go back to, if there is one. */
  claim: () => Claim | null;
  /** Every message of the server. */
  hear: (message: Incoming) => void;
  /** The connection is open, or lost for the time being, after so many attempts. */
  tell: (status: 'connecting' | 'open' | 'lost', attempt: number) => void;
  /** The seat can't be had again: the table is gone, or the seat is somebody else's. */
  refused: () => void;
  /** The last event that is known here. */
  sequence: () => number;
}

/** What a request was answered with; `ok` is false for a refusal. */
export interface Reply {
  ok: boolean;
  message: Incoming;
}

interface Pending {
  text: string;
  /** Whether it belongs to the seat; else it is not repeated on another connection. */
  inRoom: boolean;
  settle: (reply: Reply) => void;
}

const PING_EVERY = 5_000;
/** Without any message for so long, the connection counts as lost. */
const SILENCE = 12_000;
const LONGEST_WAIT = 8_000;
/** More numbers in a row than others' private events can have taken: something was missed. */
const WIDEST_GAP = 3;

export class GameSocket {
  private socket: WebSocket | null = null;
  private pending = new Map<number, Pending>();
  private number = 0;
  private attempt = 0;
  private heard = 0;
  private isClosed = false;
  private isSeated = false;
  /** Whether a seat has been asked for on this connection, and neither given nor refused yet. */
  private isClaiming = false;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private beat: ReturnType<typeof setInterval> | undefined;
  private readonly around: Surroundings;

  constructor(around: Surroundings) {
    this.around = around;
  }

  open(): void {
    this.isClosed = false;
    clearTimeout(this.retry);
    this.drop();
    this.around.tell(this.attempt ? 'lost' : 'connecting', this.attempt);
    const socket = new WebSocket(this.around.url());
    this.socket = socket;
    this.heard = Date.now();
    socket.onmessage = ({ data }) => this.socket === socket && this.take(String(data));
    socket.onclose = () => this.socket === socket && this.lost();
    clearInterval(this.beat);
    this.beat = setInterval(() => this.pulse(), 1_000);
  }

  /** For good, until it is opened again. */
  close(): void {
    this.isClosed = true;
    clearTimeout(this.retry);
    clearInterval(this.beat);
    this.drop();
  }

  /** Tries at once, as when the network is back. */
  hurry(): void {
    if (!this.isClosed && this.socket?.readyState !== WebSocket.OPEN) this.open();
    else this.synchronise();
  }

  /** The network is said to be gone: what is open is given up and made again, for nobody can tell whether it still hears. */
  doubt(): void {
    if (!this.isClosed && this.socket) this.lost();
  }

  /** Asks for something; what it is answered with. */
  ask<E extends keyof ClientEvents>(event: E, data: Asked<E>): Promise<Reply> {
    this.number += 1;
    const text = JSON.stringify({ event, data, sequence: this.number });
    return new Promise((settle) => {
      this.pending.set(this.number, { text, inRoom: this.isSeated, settle });
      this.send(text);
    });
  }

  /** Says something that needs no answer of its own. */
  say<E extends keyof ClientEvents>(event: E, data: Asked<E>): void {
    this.send(JSON.stringify({ event, data }));
  }

  /** Asks for the events that are not known here. */
  synchronise(): void {
    if (this.isSeated) this.say('sync_request', { last_sequence: this.around.sequence() });
  }

  private send(text: string): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(text);
  }

  private drop(): void {
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }

  private lost(): void {
    this.drop();
    this.isSeated = false;
    if (this.isClosed) return;
    this.attempt += 1;
    this.around.tell('lost', this.attempt);
    // A little by chance, so that a thousand pages do not come back in the same instant.
    const wait = Math.min(LONGEST_WAIT, 250 * 2 ** (this.attempt - 1)) * (0.75 + Math.random() / 2);
    this.retry = setTimeout(() => this.open(), wait);
  }

  private pulse(): void {
    const silent = Date.now() - this.heard;
    if (silent > SILENCE) this.lost();
    else if (silent > PING_EVERY - 500 || Date.now() % PING_EVERY < 1_000) this.say('ping', { client_time: Date.now() });
  }

  private take(text: string): void {
    this.heard = Date.now();
    const message = JSON.parse(text) as Incoming & { data?: Record<string, unknown> };
    this.follow(message);
    const before = this.around.sequence();
    this.around.hear(message);
    const number = message.sequence_number;
    const isLive = this.isSeated && before > 0 && !/^(room_|reconnected)/.test(message.event);
    if (isLive && number !== undefined && number > before + 1 + WIDEST_GAP) this.say('sync_request', { last_sequence: before });
    const asked = message.client_sequence === undefined ? undefined : this.pending.get(message.client_sequence);
    if (!asked) return;
    this.pending.delete(message.client_sequence as number);
    asked.settle({ ok: !/^(validation_)?error$/.test(message.event), message });
  }

  /** What the connection itself learns of a message. */
  private follow(message: Incoming & { data?: Record<string, unknown> }): void {
    switch (message.event) {
      case 'connected':
        this.attempt = 0;
        this.around.tell('open', 0);
        this.say('ping', { client_time: Date.now() });
        this.comeBack();
        break;
      case 'reconnected':
        this.number = Math.max(this.number, Number(message.data?.['last_client_sequence'] ?? 0));
        this.isSeated = true;
        this.isClaiming = false;
        this.repeat(true);
        break;
      case 'room_created':
      case 'room_joined':
        this.isSeated = true;
        break;
      case 'room_left':
        this.isSeated = false;
        break;
      case 'error':
        if (this.isClaiming) this.turnedAway(message as unknown as { error: { code: string } });
        break;
      case 'disconnected':
        // Another window has the seat: taking it back by itself would go on for ever.
        if (message.data?.['reason'] === 'replaced') this.close();
        break;
    }
  }

  private comeBack(): void {
    const claim = this.around.claim();
    if (!claim) {
      this.repeat(false);
      return;
    }
    const { room: room_id, name: player_name, token: session_token, sequence: last_sequence } = claim;
    this.isClaiming = true;
    this.say('join_room', { room_id, player_name, session_token, last_sequence });
  }

  private turnedAway({ error }: { error: { code: string } }): void {
    this.isClaiming = false;
    if (error.code.startsWith('4')) {
      // The server is busy; the seat stays.
      this.lost();
      return;
    }
    for (const [number, asked] of this.pending) if (asked.inRoom) this.pending.delete(number);
    this.around.refused();
    this.repeat(false);
  }

  /** What has no answer yet is asked again; the server does nothing twice. */
  private repeat(inRoom: boolean): void {
    for (const asked of this.pending.values()) {
      if (asked.inRoom === inRoom) this.send(asked.text);
    }
  }
}
