// The logged-in account: signing up, logging in and out, and refreshing tokens before they expire.
import { computed, effect } from '@preact/signals';
import { keep } from './keep';
import type { AuthResponse, OwnUser, UserChange } from './protocol/rest';
import { adopt, Refusal, refresh, remember, rest, tokens } from './rest';
import { change, socket, state, showNotice } from './store';

/** Milliseconds before their expiry at which tokens are refreshed. */
const AHEAD = 60_000;
/** The longest random extra time in milliseconds, so that not all pages refresh at once. */
const JITTER = 20_000;

export const signUp = (username: string, password: string): Promise<void> =>
  enter('/auth/register', username, password);
export const logIn = (username: string, password: string): Promise<void> => enter('/auth/login', username, password);

async function enter(path: string, username: string, password: string): Promise<void> {
  remember(await rest<AuthResponse>('POST', path, { username, password }));
  await loadAccount();
  reopen();
}

/** Logs out here, and on the server if it can be reached. */
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

/** Changes the display name and the avatar. */
export async function changeProfile(wanted: UserChange): Promise<void> {
  setAccount(await rest<OwnUser>('PATCH', '/users/me', wanted));
}

/** Changing the password ends every login of the account, so this page logs in again with the new one. */
export async function changePassword(currentPassword: string, password: string): Promise<void> {
  const username = state.value.account?.username ?? '';
  await rest<OwnUser>('PATCH', '/users/me', { currentPassword, password });
  remember(null);
  await logIn(username, password);
}

/** Milliseconds until the account is requested again after a failure. */
const RETRY_AFTER = 5_000;

let loading: Promise<void> | null = null;

/** Loads the account that the tokens belong to; concurrent callers share one request. */
export function loadAccount(): Promise<void> {
  loading ??= fetchAccount().finally(() => {
    loading = null;
  });
  return loading;
}

async function fetchAccount(): Promise<void> {
  if (!tokens.value) return;
  try {
    setAccount(await rest<OwnUser>('GET', '/users/me'));
  } catch (error) {
    if (error instanceof Refusal && error.status === 401 && !tokens.value) expired();
    else if (tokens.value && !state.value.account) setTimeout(loadAccount, RETRY_AFTER);
  }
}

function setAccount(account: OwnUser): void {
  change((before) => ({ ...before, account, name: before.room ? before.name : account.displayName }));
  keep.set('name', account.displayName);
}

function expired(): void {
  forget();
  showNotice('info', 'Your session has expired. Log in again to play with your account.');
}

/** Reconnects with the current tokens, unless the seat is open in another window. */
function reopen(): void {
  if (state.value.connection.status !== 'replaced') socket.open();
}

let timer: ReturnType<typeof setTimeout> | undefined;

/** Keeps the tokens fresh; resolves when the connection can be opened with them. */
export async function stayLoggedIn(): Promise<void> {
  addEventListener('storage', ({ key }) => {
    if (key !== 'liap.tokens') return;
    const was = tokens.value !== null;
    if (!adopt() || was === (tokens.value !== null)) return;
    change((before) => ({ ...before, account: null }));
    loadAccount().then(reopen);
  });
  const old = tokens.value;
  if (old && old.endsAt < Date.now() && !(await refresh(old.token)) && !tokens.value) expired();
  effect(() => {
    const { token, endsAt } = tokens.value ?? {};
    clearTimeout(timer);
    if (!token || !endsAt) return;
    const wait = endsAt - Date.now() - AHEAD - Math.random() * JITTER;
    timer = setTimeout(() => refresh(token).then(() => !tokens.value && expired()), Math.max(1_000, wait));
  });
  const authCheck = computed(() => {
    const { status, attempt } = state.value.connection;
    return status === 'lost' && attempt === 2 ? 'refused' : status;
  });
  effect(() => {
    // A browser does not report why a WebSocket was refused, so a second failed attempt may mean a rejected token.
    // Once the connection is open, an account that could not be loaded before is loaded.
    if (authCheck.value === 'refused' || (authCheck.value === 'open' && !state.peek().account)) loadAccount();
  });
  loadAccount();
}
