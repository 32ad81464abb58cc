// Tokens are refreshed once for all waiting requests, kept while the server is unreachable, and dropped if rejected.
import { afterEach, expect, test, vi } from 'vitest';
import { keepGame, secretOf } from '../src/games';
import { keep } from '../src/keep';
import { Refusal, remember, rest, restOfSeat, tokens } from '../src/rest';

const NEW = { token: 'new', refreshToken: 'next', expiresIn: 1800 };

/** Stubs a server that accepts only the token `taken`; returns the list of requested paths. */
function serve(taken: string, refreshed: () => Response): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (path: string, { headers }: { headers: Headers }) => {
    asked.push(path);
    if (path === '/auth/refresh') return refreshed();
    if (path === '/wrong') return Response.json({ code: 'INVALID_CREDENTIALS' }, { status: 401 });
    const isGood = headers.get('Authorization') === `Bearer ${taken}`;
    return isGood ? Response.json({ fine: true }) : Response.json({ code: 'UNAUTHORIZED' }, { status: 401 });
  });
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
  remember({ token: 'old', refreshToken: 'once', expiresIn: 1800 });
  return asked;
}

afterEach(() => vi.unstubAllGlobals());

test('two requests with an expired token share one refresh', async () => {
  const asked = serve('new', () => Response.json(NEW));
  await Promise.all([rest('GET', '/a'), rest('GET', '/b')]);
  expect(asked.filter((path) => path === '/auth/refresh')).toHaveLength(1);
  expect(tokens.value?.token).toBe('new');
});

test('tokens that another window refreshed are used without a refresh', async () => {
  const asked = serve('theirs', () => Response.json(NEW));
  localStorage.setItem('liap.tokens', JSON.stringify({ token: 'theirs', refreshToken: 'other', endsAt: 1 }));
  await rest('GET', '/a');
  expect(asked).toEqual(['/a', '/a']);
});

test('a rejected refresh ends the login, an unanswered one keeps it', async () => {
  serve('new', () => Response.error());
  await expect(rest('GET', '/a')).rejects.toThrow(Refusal);
  expect(tokens.value?.token).toBe('old');
  serve('new', () => Response.json({ code: 'UNAUTHORIZED' }, { status: 401 }));
  await expect(rest('GET', '/a')).rejects.toMatchObject({ status: 401 });
  expect(tokens.value).toBeNull();
});

test('a truncated answer is no answer, and every request has a time limit', async () => {
  serve('old', () => Response.json(NEW));
  const signals: unknown[] = [];
  const cut = new ReadableStream({ start: (body) => body.error(new Error('cut')) });
  vi.stubGlobal('fetch', async (_: string, { signal }: RequestInit) => {
    signals.push(signal);
    return new Response(cut, { status: 200 });
  });
  await expect(rest('GET', '/a')).rejects.toMatchObject({ code: 'OFFLINE' });
  expect(signals).toEqual([expect.any(AbortSignal)]);
});

test('a wrong password does not refresh the tokens', async () => {
  const asked = serve('old', () => Response.json(NEW));
  await expect(rest('PATCH', '/wrong', {})).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' });
  expect(asked).toEqual(['/wrong']);
});

test('the seat’s token is sent if known, then the account’s if rejected', async () => {
  const asked = serve('of the seat', () => Response.json(NEW));
  remember(null);
  await restOfSeat('of the seat', 'GET', '/a');
  await expect(restOfSeat('of another seat', 'GET', '/b')).rejects.toMatchObject({ status: 401 });
  await expect(restOfSeat(null, 'GET', '/c')).rejects.toMatchObject({ status: 401 });
  expect(asked).toEqual(['/a', '/b', '/c']);
  serve('old', () => Response.json(NEW));
  expect(await restOfSeat('of another seat', 'GET', '/d')).toEqual({ fine: true });
});

test('a guest’s finished game keeps the token that opens its replay', () => {
  serve('old', () => Response.json(NEW));
  const played = { name: 'Here', at: 7, place: 1, score: 50 };
  for (const room of ['ABCD2345', 'EFGH2345']) keep.sit({ room, name: 'Ann', token: `of ${room}`, sequence: 0 });
  keepGame({ ...played, room: 'ABCD2345', account: null });
  keepGame({ ...played, room: 'EFGH2345', account: 'ann' });
  for (const room of ['ABCD2345', 'EFGH2345']) keep.leave(room);
  expect([secretOf('ABCD2345'), secretOf('EFGH2345'), secretOf('ZZZZ2345')]).toEqual(['of ABCD2345', null, null]);
});
