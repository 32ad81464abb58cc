// Which screen is shown, from the address: the server answers each of these with the same page.
import { signal } from '@preact/signals';

export type Route =
  | { screen: 'lobby' }
  | { screen: 'room'; id: string }
  | { screen: 'replay'; id: string }
  | { screen: 'user'; id: string }
  | { screen: 'log' | 'me' | 'admin' };

export function parse(path: string): Route {
  const [, first = '', id = ''] = path.split('/');
  if ((first === 'room' || first === 'replay') && id) return { screen: first, id: decodeURIComponent(id).toUpperCase() };
  if (first === 'user' && id) return { screen: 'user', id: decodeURIComponent(id) };
  if (first === 'log' || first === 'me' || first === 'admin') return { screen: first };
  return { screen: 'lobby' };
}

export function pathOf(route: Route): string {
  if (route.screen === 'lobby') return '/';
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
  };
  addEventListener('popstate', read);
  addEventListener('click', (event) => {
    const link = (event.target as Element | null)?.closest?.('a');
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.defaultPrevented;
    if (!link || !isPlain || link.target || link.origin !== location.origin || link.pathname.startsWith('/api')) return;
    event.preventDefault();
    go(parse(link.pathname));
  });
  read();
}
