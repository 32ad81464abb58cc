// Maps addresses to screens. The server answers all of these addresses with the same page.
import { signal } from '@preact/signals';
import { codeIn, decoded } from './code';

export type Route =
  | { screen: 'lobby' }
  | { screen: 'room'; id: string }
  | { screen: 'replay'; id: string }
  | { screen: 'user'; id: string }
  | { screen: 'log' | 'me' | 'admin' }
  /** An unknown address. */
  | { screen: 'missing'; path: string };

/** The screen of any address; never fails. */
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

/** Shows another screen and puts its address into the history. */
export function go(to: Route, how: 'push' | 'replace' = 'push'): void {
  const path = pathOf(to);
  if (path !== location.pathname) history[how === 'push' ? 'pushState' : 'replaceState'](null, '', path);
  route.value = to;
}

/** Shows the screen of the current address, and follows the history and the page's own links. */
export function followAddress(): void {
  const read = () => {
    route.value = parse(location.pathname);
    // An address that was pasted with extra characters is replaced by a clean one, which can be shared.
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
