// The connection of the live log: made again by itself, with the waits that docs/live_log.md asks for.
import type { AnyCommand } from '../../protocol/live_log_client';

/** Seconds before each further attempt. */
const WAITS = [0, 1, 2, 4, 8, 60] as const;
const PING_EVERY = 25_000;
/** Without any word for so long, the connection counts as lost. */
const SILENCE = 60_000;

export interface Ears {
  url: () => string;
  hear: (word: { action?: string; type?: string }) => void;
  /** The connection is gone; `wait` is in seconds. */
  lost: (wait: number) => void;
  /** Whether to try again at all. */
  mayRetry: () => boolean;
}

export class LogSocket {
  private socket: WebSocket | null = null;
  private attempt = 0;
  private heard = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private beat: ReturnType<typeof setInterval> | undefined;
  private readonly ears: Ears;

  constructor(ears: Ears) {
    this.ears = ears;
  }

  open(): void {
    this.close();
    const socket = new WebSocket(this.ears.url());
    this.socket = socket;
    this.heard = Date.now();
    socket.onmessage = ({ data }) => this.socket === socket && this.take(String(data));
    socket.onclose = () => this.socket === socket && this.lost();
    this.beat = setInterval(() => this.pulse(), PING_EVERY);
  }

  close(): void {
    clearTimeout(this.retry);
    clearInterval(this.beat);
    const { socket } = this;
    this.socket = null;
    socket?.close();
  }

  /** False where nothing could be said. */
  say(command: AnyCommand): boolean {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(command));
    return true;
  }

  private pulse(): void {
    if (Date.now() - this.heard > SILENCE) this.lost();
    else this.say({ action: 'ping' });
  }

  private take(text: string): void {
    this.heard = Date.now();
    const word = JSON.parse(text) as { action?: string };
    if (word.action === 'connected') this.attempt = 0;
    this.ears.hear(word);
  }

  private lost(): void {
    this.close();
    if (!this.ears.mayRetry()) return;
    const wait = WAITS[Math.min(this.attempt, WAITS.length - 1)] ?? 60;
    this.attempt += 1;
    this.ears.lost(wait);
    this.retry = setTimeout(() => this.open(), wait * 1000);
  }
}
