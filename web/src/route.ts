// Which screen is shown, from the address: the server answers each of these with the same page.
import { signal } from '@preact/signals';
import { codeIn, decoded } from './code';

export type Route =
  | { screen: 'lobby' }
  | { screen: 'room'; id: string }
  | { screen: 'replay'; id: string }
  | { screen: 'user'; id: string }
  | { screen: 'log' | 'me' | 'admin' }
  /** An address that leads nowhere. */
  | { screen: 'missing'; path: string };

/** The screen of an address; whatever it is, there is one. */
export function parse(path: string): Route {
  const [name = '', ...rest] = path.split('/').filter((part) => part !== '');
  const first = decoded(name).toLowerCase();
  if (first === '') return { screen: 'lobby' };
  if (first === 'room' || first === 'replay') {
    const code = codeIn(rest.join('/'));
    return code === null ? { screen: 'missing', path } : { screen: first, id: code };
  }
  const id = decoded(rest[0] ?? '').trim();
  if (first === 'user' && id) return { screen: 'user', id };
  if ((first === 'log' || first === 'me' || first === 'admin') && rest.length === 0) return { screen: first };
  return { screen: 'missing', path };
}

export function pathOf(route: Route): string {
  if (route.screen === 'lobby') return '/';
  if (route.screen === 'missing') return route.path;
  return 'id' in route ? `/${route.screen}/${encodeURIComponent(route.id)}` : `/${route.screen}`;
}

export const route = signal<Route>({ screen: 'lobby' });

/** Goes to another screen. */
export function go(to: Route, how: 'push' | 'replace' = 'push'): void {
  const path = pathOf(to);
  if (path !== location.pathname) history[how === 'push' ? 'pushState' : 'replaceState'](null, '', path);
  route.value = to;
}

/** Follows the address, and links within the page. */
export function followAddress(): void {
  const read = () => {
    route.value = parse(location.pathname);
    // A link that was pasted with something around it becomes one that can be passed on.
    if (pathOf(route.value) !== location.pathname) history.replaceState(null, '', pathOf(route.value));
  };
  addEventListener('popstate', read);
  addEventListener('click', (event) => {
    const link = (event.target as Element | null)?.closest?.('a');
    const isPlain =
      event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.defaultPrevented;
    if (!link || !isPlain || link.target || link.origin !== location.origin || link.pathname.startsWith('/api')) return;
    event.preventDefault();
    go(parse(link.pathname));
  });
  read();
}
