// Who is logged in: signing up, in and out, and tokens that are new before the old ones end.
import { computed, effect } from '@preact/signals';
import { keep } from './keep';
import type { AuthResponse, OwnUser, UserChange } from './protocol/rest';
import { adopt, Refusal, refresh, remember, rest, tokens } from './rest';
import { change, socket, state, tell } from './store';

/** Tokens are exchanged so long before they end, and a little by chance, in milliseconds. */
const AHEAD = 60_000;
const CHANCE = 20_000;

export const signUp = (username: string, password: string): Promise<void> =>
  enter('/auth/register', username, password);
export const logIn = (username: string, password: string): Promise<void> => enter('/auth/login', username, password);

async function enter(path: string, username: string, password: string): Promise<void> {
  remember(await rest<AuthResponse>('POST', path, { username, password }));
  await learn();
  reopen();
}

/** Ends this login at the server, too, where it can be reached. */
export async function logOut(): Promise<void> {
  const refreshToken = tokens.value?.refreshToken;
  forget();
  if (refreshToken) await rest('POST', '/auth/logout', { refreshToken }).catch(() => null);
}

function forget(): void {
  remember(null);
  change((before) => ({ ...before, account: null }));
  reopen();
}

/** Display name and picture. */
export async function changeProfile(wanted: UserChange): Promise<void> {
  put(await rest<OwnUser>('PATCH', '/users/me', wanted));
}

/** Ends every login of the account, so that this one begins anew with the new password. */
export async function changePassword(currentPassword: string, password: string): Promise<void> {
  const username = state.value.account?.username ?? '';
  await rest<OwnUser>('PATCH', '/users/me', { currentPassword, password });
  remember(null);
  await logIn(username, password);
}

/** Milliseconds after which the server is asked again, as long as it has not said whose the tokens are. */
const LEARN_AGAIN = 5_000;

let learning: Promise<void> | null = null;

/** Asks the server whose the tokens are, once for all who wait. */
export function learn(): Promise<void> {
  learning ??= askWho().finally(() => {
    learning = null;
  });
  return learning;
}

async function askWho(): Promise<void> {
  if (!tokens.value) return;
  try {
    put(await rest<OwnUser>('GET', '/users/me'));
  } catch (error) {
    if (error instanceof Refusal && error.status === 401 && !tokens.value) expired();
    else if (tokens.value && !state.value.account) setTimeout(learn, LEARN_AGAIN);
  }
}

function put(account: OwnUser): void {
  change((before) => ({ ...before, account, name: before.room ? before.name : account.displayName }));
  keep.set('name', account.displayName);
}

function expired(): void {
  forget();
  tell('info', 'Your session has expired. Log in again to play with your account.');
}

/** The connection belongs to whoever opened it. A seat that is open in another window stays there. */
function reopen(): void {
  if (state.value.connection.status !== 'replaced') socket.open();
}

let timer: ReturnType<typeof setTimeout> | undefined;

/** Keeps the login alive; resolves when the connection can be opened with it. */
export async function stayLoggedIn(): Promise<void> {
  addEventListener('storage', ({ key }) => {
    if (key !== 'liap.tokens') return;
    const was = tokens.value !== null;
    if (!adopt() || was === (tokens.value !== null)) return;
    change((before) => ({ ...before, account: null }));
    learn().then(reopen);
  });
  const old = tokens.value;
  if (old && old.endsAt < Date.now() && !(await refresh(old.token)) && !tokens.value) expired();
  effect(() => {
    const { token, endsAt } = tokens.value ?? {};
    clearTimeout(timer);
    if (!token || !endsAt) return;
    const wait = endsAt - Date.now() - AHEAD - Math.random() * CHANCE;
    timer = setTimeout(() => refresh(token).then(() => !tokens.value && expired()), Math.max(1_000, wait));
  });
  const moment = computed(() => {
    const { status, attempt } = state.value.connection;
    return status === 'lost' && attempt === 2 ? 'refused' : status;
  });
  effect(() => {
    // The server may not take the token any more, which a browser is not told of a WebSocket; or it could not be asked
    // before.
    if (moment.value === 'refused' || (moment.value === 'open' && !state.peek().account)) learn();
  });
  learn();
}
