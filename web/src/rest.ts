// Requests to the server's other addresses, with the tokens of an account where somebody is logged in.
import { signal } from '@preact/signals';
import { keep } from './keep';
import type { AuthResponse } from './protocol/rest';

/** A refusal, as docs/battles.md describes it. */
export class Refusal extends Error {
  readonly code: string;
  readonly status: number;
  readonly details: unknown;
  /** Seconds after which it may be tried again, where the server says so. */
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
  /** When the token ends, by our clock in milliseconds since 1970. */
  endsAt: number;
}

const stored = (): Tokens | null => keep.get<Tokens | null>('tokens', null);

/** Who is logged in here; null for a guest. */
export const tokens = signal<Tokens | null>(stored());

/** Tokens as the server has just given them. */
export function remember(found: AuthResponse | null): void {
  tokens.value = found && {
    token: found.token,
    refreshToken: found.refreshToken,
    endsAt: Date.now() + found.expiresIn * 1000,
  };
  keep.set('tokens', tokens.value);
}

/**
 * What another window of this browser has done: tokens are exchanged once for all of them. True where that changes
 * anything.
 */
export function adopt(): boolean {
  const theirs = stored();
  if (theirs?.refreshToken === tokens.value?.refreshToken) return false;
  tokens.value = theirs;
  return true;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The body of the answer. Throws `Refusal`, with status 0 where no answer came. */
export const rest = async <T>(method: Method, path: string, body?: unknown): Promise<T> =>
  parse<T>(await ask(method, path, body));

/** The same for something that a seat's secret opens, too (docs/battles.md). Where it does not, the account may. */
export async function restOfSeat<T>(secret: string | null, method: Method, path: string, body?: unknown): Promise<T> {
  if (!secret) return rest<T>(method, path, body);
  const answer = await send(method, path, body, secret);
  return answer.status === 401 && tokens.value ? rest<T>(method, path, body) : parse<T>(answer);
}

/** A page of a list, and how many there are on all pages. */
export async function page<T>(path: string): Promise<{ items: T[]; total: number }> {
  const answer = await ask('GET', path);
  const items = await parse<T[]>(answer);
  return { items, total: Number(answer.headers.get('X-Total-Count') ?? items.length) };
}

/** A text for whom the tokens are good, or null. */
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

/** A wrong password is no reason for other tokens. */
const isRefused = async (answer: Response): Promise<boolean> =>
  (
    (await answer
      .clone()
      .json()
      .catch(() => ({}))) as { code?: string }
  ).code !== 'INVALID_CREDENTIALS';

/** Within this time the server has answered, or counts as out of reach, in milliseconds. */
const LIMIT = 20_000;

const OFFLINE = (): Refusal => new Refusal(0, { code: 'OFFLINE', message: 'The server can’t be reached.' });

/** `fetch`, and the whole body with it, within the limit. */
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

/** A body that did not come whole is no answer; that of a refusal can be done without. */
function cutOff({ ok }: Response): object {
  if (ok) throw OFFLINE();
  return {};
}

let refreshing: Promise<boolean> | null = null;

/** Fetches new tokens in place of `used`, once for all requests and windows that wait; false if there are none. */
export function refresh(used: string): Promise<boolean> {
  if (tokens.value && tokens.value.token !== used) return Promise.resolve(true);
  refreshing ??= alone(renew)
    .catch(() => false)
    .finally(() => {
      refreshing = null;
    });
  return refreshing;
}

/** A refresh token used twice ends the login, so no two windows may use one; without locks, chance has to do. */
const alone = async <T>(act: () => Promise<T>): Promise<T> => {
  const locks = globalThis.navigator?.locks as LockManager | undefined;
  // A window that was frozen with the lock in its hands must not stop all others.
  return locks ? await locks.request('liap.tokens', { signal: AbortSignal.timeout(LIMIT) }, act) : act();
};

async function renew(): Promise<boolean> {
  if (adopt()) return tokens.value !== null;
  const refreshToken = tokens.value?.refreshToken;
  if (!refreshToken) return false;
  const answer = await send('POST', '/auth/refresh', { refreshToken }).catch(() => null);
  const found = answer?.ok ? ((await answer.json().catch(() => null)) as AuthResponse | null) : null;
  if (found) remember(found);
  // Without an answer, or when the server is busy, they may be good yet.
  else if (answer?.status === 401) remember(null);
  return found !== null;
}
