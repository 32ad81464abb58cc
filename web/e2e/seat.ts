// A seat played by a script over the WebSocket, to bring a game to a certain point and hand the seat to a page.
import type { BrowserContext } from '@playwright/test';
import { WebSocket } from 'ws';
import { LIMIT } from '../src/queue';

interface Hand {
  pieces: { id: string }[];
  valid_sets: { piece_ids: string[] }[];
}

export interface Phase {
  name: string;
  data: any;
  /** The sequence number of its `phase_change`. */
  number: number;
}

export class Seat {
  room = '';
  token = '';
  hand: Hand | null = null;
  phase: Phase = { name: 'NOT_STARTED', data: {}, number: 0 };
  round = 0;
  /** The sequence number of the last event received. */
  sequence = 0;
  /** The number of `player_left` events received. */
  left = 0;
  private socket: WebSocket | null = null;
  private acted = -1;
  private wake: (() => void)[] = [];

  constructor(
    readonly server: string,
    readonly name: string,
  ) {}

  async create(options: object): Promise<this> {
    await this.connect();
    this.send('create_room', { room_name: 'Here', is_public: false, options });
    return this.until(() => this.room !== '');
  }

  async join(room: string): Promise<this> {
    await this.connect();
    this.send('join_room', { room_id: room });
    return this.until(() => this.room !== '');
  }

  /** Takes the seat back from the page that has it. */
  async takeBack(): Promise<this> {
    await this.connect();
    let isBack = false;
    this.socket?.once('message', () => {
      isBack = true;
    });
    this.send('join_room', { room_id: this.room, session_token: this.token, last_sequence: this.sequence });
    return this.until(() => isBack);
  }

  send(event: string, data: object = {}): void {
    this.socket?.send(JSON.stringify({ event, data: { player_name: this.name, ...data } }));
  }

  close(): void {
    this.socket?.terminate();
  }

  get isAsked(): boolean {
    const { name, data, number } = this.phase;
    if (number === this.acted) return false;
    if (name === 'PREPARATION') return data.waiting_for_decisions && data.decisions[this.name] === null;
    return data.current_player === this.name;
  }

  /** Whether the last decision has not been answered yet. */
  get isWaiting(): boolean {
    return this.acted === this.phase.number;
  }

  /** Decides: the lowest declaration, no redeal, the last pieces of the hand. */
  act(): void {
    const { name, data, number } = this.phase;
    this.acted = number;
    if (name === 'PREPARATION') this.send('decline_redeal');
    if (name === 'DECLARATION') this.send('declare', { declaration: data.valid_declarations[0] });
    if (name === 'TURN') {
      const count = data.required_piece_count ?? 1;
      this.send('play', { piece_ids: this.hand?.pieces.slice(-count).map(({ id }) => id) });
    }
  }

  /** Waits for messages until the condition holds. */
  async until(isSo: () => boolean): Promise<this> {
    while (!isSo()) await this.next();
    return this;
  }

  next(): Promise<void> {
    return new Promise((done) => this.wake.push(done));
  }

  private async connect(): Promise<void> {
    this.close();
    const socket = new WebSocket(`${this.server.replace('http', 'ws')}/ws/lobby`);
    this.socket = socket;
    socket.on('error', () => null);
    await new Promise((done) => socket.once('message', done));
    socket.on('message', (bytes) => this.socket === socket && this.receive(JSON.parse(String(bytes))));
  }

  private receive({ event, data, error, sequence_number }: any): void {
    if (error) throw new Error(`${this.name}: ${error.code} ${error.message} ${JSON.stringify(error.details)}`);
    if (sequence_number) this.sequence = sequence_number;
    if (data?.session_token) [this.room, this.token] = [data.room_id, data.session_token];
    if (event === 'hand_updated') this.hand = data;
    if (event === 'player_left') this.left += 1;
    if (event === 'phase_change') this.move(data.phase, data.phase_data, data.game_state.round_number, sequence_number);
    if (event === 'reconnected') {
      this.hand = data.hand;
      this.acted = -1;
      this.move(data.game_state.phase, data.game_state.phase_data, data.game_state.round_number, this.phase.number);
    }
    for (const done of this.wake.splice(0)) done();
  }

  private move(name: string, data: any, round: number, number: number): void {
    this.phase = { name, data, number };
    this.round = round;
  }
}

/** Plays with all of these seats until the condition holds while all of them have received the same phase. */
export async function playUntil(seats: readonly Seat[], isSo: () => boolean): Promise<void> {
  const number = (seat: Seat) => seat.phase.number;
  for (;;) {
    const areInStep = seats.every((seat) => number(seat) === Math.max(...seats.map(number)));
    if (areInStep && isSo()) return;
    const asked = areInStep && !seats.some((seat) => seat.isWaiting) ? seats.find((seat) => seat.isAsked) : undefined;
    if (asked) asked.act();
    else await Promise.race(seats.map((seat) => seat.next()));
  }
}

/** Gives a browser the seat's token and nothing else, as after the page was closed or discarded. */
export async function keepsSeat(context: BrowserContext, { room, name, token }: Seat): Promise<void> {
  await context.addInitScript(
    (seat) => {
      localStorage.setItem('liap.tour', '{"seen":[],"done":true}');
      if (sessionStorage.getItem('liap.seat')) return;
      localStorage.setItem('liap.seats', JSON.stringify([seat]));
      sessionStorage.setItem('liap.seat', JSON.stringify(seat));
    },
    { room, name, token, sequence: 0 },
  );
}

/** Milliseconds within which a page notices a lost connection and reconnects. */
export const BACK = LIMIT + 10_000;
