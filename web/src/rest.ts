// HTTP requests to the REST API, with the account's tokens if the player is logged in.
import { signal } from '@preact/signals';
import { keep } from './keep';
import type { AuthResponse } from './protocol/rest';

/** An error answer as docs/battles.md describes it; `status` is 0 if there was no answer. */
export class Refusal extends Error {
  readonly code: string;
  readonly status: number;
  readonly details: unknown;
  /** Seconds to wait before another attempt (`Retry-After`); null if not given. */
  readonly retryAfter: number | null;

  constructor(
    status: number,
    body: { code?: string; message?: string; details?: unknown },
    retryAfter: number | null = null,
  ) {
    super(body.message ?? `the server answered ${status}`);
    this.status = status;
    this.code = body.code ?? 'UNKNOWN';
    this.details = body.details;
    this.retryAfter = retryAfter;
  }
}

export interface Tokens {
  token: string;
  refreshToken: string;
  /** When the token expires, in milliseconds since 1970 by this device's clock. */
  endsAt: number;
}

const stored = (): Tokens | null => keep.get<Tokens | null>('tokens', null);

/** The tokens of the logged-in account; null for a guest. */
export const tokens = signal<Tokens | null>(stored());

/** Stores tokens that the server has just issued, or removes them. */
export function remember(found: AuthResponse | null): void {
  tokens.value = found && {
    token: found.token,
    refreshToken: found.refreshToken,
    endsAt: Date.now() + found.expiresIn * 1000,
  };
  keep.set('tokens', tokens.value);
}

/** Takes over the tokens that another window of this browser has stored. Returns false if they are the same. */
export function adopt(): boolean {
  const theirs = stored();
  if (theirs?.refreshToken === tokens.value?.refreshToken) return false;
  tokens.value = theirs;
  return true;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Sends a request and returns the body of the answer. Throws `Refusal`, with status 0 if there was no answer. */
export const rest = async <T>(method: Method, path: string, body?: unknown): Promise<T> =>
  parse<T>(await ask(method, path, body));

/** Like `rest`, but with a seat's session token (docs/battles.md); if that is rejected, with the account's token. */
export async function restOfSeat<T>(secret: string | null, method: Method, path: string, body?: unknown): Promise<T> {
  if (!secret) return rest<T>(method, path, body);
  const answer = await send(method, path, body, secret);
  return answer.status === 401 && tokens.value ? rest<T>(method, path, body) : parse<T>(answer);
}

/** Loads one page of a list, with the total number of items. */
export async function page<T>(path: string): Promise<{ items: T[]; total: number }> {
  const answer = await ask('GET', path);
  const items = await parse<T[]>(answer);
  return { items, total: Number(answer.headers.get('X-Total-Count') ?? items.length) };
}

/** Loads a plain text; null on any failure. */
export const text = (path: string): Promise<string | null> =>
  ask('GET', path)
    .then((answer) => (answer.ok ? answer.text() : null))
    .catch(() => null);

async function ask(method: Method, path: string, body?: unknown): Promise<Response> {
  const used = tokens.value?.token;
  const answer = await send(method, path, body, used);
  if (answer.status !== 401 || !used || !(await isRefused(answer)) || !(await refresh(used))) return answer;
  return send(method, path, body, tokens.value?.token);
}

/** Whether the token was rejected. A wrong password also answers 401, but new tokens would not help. */
const isRefused = async (answer: Response): Promise<boolean> =>
  (
    (await answer
      .clone()
      .json()
      .catch(() => ({}))) as { code?: string }
  ).code !== 'INVALID_CREDENTIALS';

/** Milliseconds after which a request without an answer fails. */
const LIMIT = 20_000;

const OFFLINE = (): Refusal => new Refusal(0, { code: 'OFFLINE', message: 'The server can’t be reached.' });

/** `fetch` with a time limit, which also covers the body. */
export const within = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(path, { ...init, signal: AbortSignal.timeout(LIMIT) });

async function send(method: Method, path: string, body: unknown, token?: string): Promise<Response> {
  const headers = new Headers({ Accept: 'application/json' });
  if (body !== undefined) headers.set('Content-Type', 'application/json');
  if (token) headers.set('Authorization', `Bearer ${token}`);
  try {
    return await within(path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  } catch {
    throw OFFLINE();
  }
}

async function parse<T>(answer: Response): Promise<T> {
  const body: unknown = answer.status === 204 ? null : await answer.json().catch(() => cutOff(answer));
  const wait = answer.headers.get('Retry-After');
  if (!answer.ok)
    throw new Refusal(answer.status, body as { code?: string }, wait === null ? null : Number(wait) || null);
  return body as T;
}

/** A truncated body counts as no answer; an error answer does not need its body. */
function cutOff({ ok }: Response): object {
  if (ok) throw OFFLINE();
  return {};
}

let refreshing: Promise<boolean> | null = null;

/** Replaces the token `used`; all waiting requests and windows share one refresh. Returns false if it failed. */
export function refresh(used: string): Promise<boolean> {
  if (tokens.value && tokens.value.token !== used) return Promise.resolve(true);
  refreshing ??= alone(renew)
    .catch(() => false)
    .finally(() => {
      refreshing = null;
    });
  return refreshing;
}

/** Runs `act` in one window at a time, because reusing a refresh token ends the login; needs a browser with locks. */
const alone = async <T>(act: () => Promise<T>): Promise<T> => {
  const locks = globalThis.navigator?.locks as LockManager | undefined;
  // A window that was frozen while it held the lock must not block all others.
  return locks ? await locks.request('liap.tokens', { signal: AbortSignal.timeout(LIMIT) }, act) : act();
};

async function renew(): Promise<boolean> {
  if (adopt()) return tokens.value !== null;
  const refreshToken = tokens.value?.refreshToken;
  if (!refreshToken) return false;
  const answer = await send('POST', '/auth/refresh', { refreshToken }).catch(() => null);
  const found = answer?.ok ? ((await answer.json().catch(() => null)) as AuthResponse | null) : null;
  if (found) remember(found);
  // Without an answer, or if the server is busy, the old tokens may still be valid.
  else if (answer?.status === 401) remember(null);
  return found !== null;
}
