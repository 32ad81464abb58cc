// The connection of the live log. It reconnects by itself, with the waits that docs/live_log.md asks for.
import type { AnyCommand } from '../../protocol/live_log_client';

/** Seconds before each attempt to reconnect; the last one repeats. */
const WAITS = [0, 1, 2, 4, 8, 60] as const;
/** Milliseconds between pings. */
const PING_EVERY = 25_000;
/** Milliseconds without any message after which the connection counts as lost. */
const SILENCE = 60_000;

export interface LogSocketOptions {
  url: () => string;
  onMessage: (message: { action?: string; type?: string }) => void;
  /** Called when the connection is lost; `wait` is the time until the next attempt, in seconds. */
  lost: (wait: number) => void;
  /** Whether to reconnect at all. */
  mayRetry: () => boolean;
}

export class LogSocket {
  private socket: WebSocket | null = null;
  private attempt = 0;
  private lastMessageAt = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private heartbeat: ReturnType<typeof setInterval> | undefined;
  private readonly options: LogSocketOptions;

  constructor(options: LogSocketOptions) {
    this.options = options;
  }

  open(): void {
    this.close();
    const socket = new WebSocket(this.options.url());
    this.socket = socket;
    this.lastMessageAt = Date.now();
    socket.onmessage = ({ data }) => this.socket === socket && this.receive(String(data));
    socket.onclose = () => this.socket === socket && this.lost();
    this.heartbeat = setInterval(() => this.checkHeartbeat(), PING_EVERY);
  }

  close(): void {
    clearTimeout(this.retry);
    clearInterval(this.heartbeat);
    const { socket } = this;
    this.socket = null;
    socket?.close();
  }

  /** Sends a command; returns false if there is no open connection. */
  send(command: AnyCommand): boolean {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(command));
    return true;
  }

  private checkHeartbeat(): void {
    if (Date.now() - this.lastMessageAt > SILENCE) this.lost();
    else this.send({ action: 'ping' });
  }

  private receive(text: string): void {
    this.lastMessageAt = Date.now();
    const message = JSON.parse(text) as { action?: string };
    if (message.action === 'connected') this.attempt = 0;
    this.options.onMessage(message);
  }

  private lost(): void {
    this.close();
    if (!this.options.mayRetry()) return;
    const wait = WAITS[Math.min(this.attempt, WAITS.length - 1)] ?? 60;
    this.attempt += 1;
    this.options.lost(wait);
    this.retry = setTimeout(() => this.open(), wait * 1000);
  }
}
