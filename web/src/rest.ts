// Requests to the server's other addresses, with the tokens of an account where somebody is logged in.
import { signal } from '@preact/signals';
import { keep } from './keep';

/** A refusal, as docs/battles.md describes it. */
export class Refusal extends Error {
  readonly code: string;
  readonly status: number;
  readonly details: unknown;

  constructor(status: number, body: { code?: string; message?: string; details?: unknown }) {
    super(body.message ?? `the server answered ${status}`);
    this.status = status;
    this.code = body.code ?? 'UNKNOWN';
    this.details = body.details;
  }
}

export interface Tokens {
  token: string;
  refreshToken: string;
}

/** Who is logged in here; null for a guest. */
export const tokens = signal<Tokens | null>(keep.get<Tokens | null>('tokens', null));

export function remember(found: Tokens | null): void {
  tokens.value = found && { token: found.token, refreshToken: found.refreshToken };
  keep.set('tokens', tokens.value);
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The body of the answer. Throws `Refusal`, with status 0 where no answer came. */
export async function rest<T>(method: Method, path: string, body?: unknown): Promise<T> {
  const answer = await send(method, path, body);
  if (answer.status === 401 && tokens.value && (await refresh())) return parse<T>(await send(method, path, body));
  return parse<T>(answer);
}

async function send(method: Method, path: string, body?: unknown): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (tokens.value) headers['Authorization'] = `Bearer ${tokens.value.token}`;
  try {
    return await fetch(path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  } catch {
    throw new Refusal(0, { code: 'OFFLINE', message: 'The server can not be reached.' });
  }
}

async function parse<T>(answer: Response): Promise<T> {
  const body: unknown = answer.status === 204 ? null : await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refusal(answer.status, body as { code?: string });
  return body as T;
}

let refreshing: Promise<boolean> | null = null;

/** Fetches new tokens, once for all requests that wait; false where the old ones are of no use any more. */
function refresh(): Promise<boolean> {
  refreshing ??= renew().finally(() => {
    refreshing = null;
  });
  return refreshing;
}

async function renew(): Promise<boolean> {
  const refreshToken = tokens.value?.refreshToken;
  tokens.value = null;
  const answer = await send('POST', '/auth/refresh', { refreshToken }).catch(() => null);
  if (answer?.ok) remember((await answer.json()) as Tokens);
  else remember(null);
  return answer?.ok === true;
}
