// The frame around every screen: title, navigation, connection, banners and notices.
import type { JSX } from 'preact';
import { PieceDefs } from '../pieces';
import { type Route, route } from '../route';
import { isOperator } from '../state';
import { dismiss, state } from '../store';
import { theme, toggleTheme } from '../theme';
import { Banner } from './banner';
import { ChatToggle } from './chat';
import { Connection } from './connection';
import { lazy } from './lazy';
import { Live } from './live';
import { Lobby } from './lobby';
import { RoomScreen } from './room';
import { AccountLink } from './account_link';

const Profile = lazy(() => import('./profile/profile').then((file) => file.Profile));
const Player = lazy(() => import('./profile/player').then((file) => file.Player));
const Admin = lazy(() => import('./admin/admin').then((file) => file.Admin));

const ReplayScreen = lazy(() => import('./replay/replay').then((file) => file.Replay));
const LogScreen = lazy(() => import('./log/log').then((file) => file.Log));

type Screens = { [S in Route['screen']]?: (route: Extract<Route, { screen: S }>) => JSX.Element };

/** All screens; large ones are loaded with `lazy`. Screens in `LINKS` are in the navigation. */
const SCREENS: Screens = {
  lobby: () => <Lobby />,
  room: ({ id }) => <RoomScreen id={id} key={id} />,
  me: () => <Profile />,
  user: ({ id }) => <Player id={id} key={id} />,
  admin: () => <Admin />,
  replay: ({ id }) => <ReplayScreen id={id} key={id} />,
  log: () => <LogScreen />,
};

const LINKS: readonly { path: string; text: string; screens: readonly Route['screen'][]; forOperators?: true }[] = [
  { path: '/', text: 'Lobby', screens: ['lobby'] },
  { path: '/admin', text: 'Admin', screens: ['admin'], forOperators: true },
  { path: '/log', text: 'Log', screens: ['log'] },
];

export function App() {
  const shown = route.value;
  const { room, account } = state.value;
  const draw = SCREENS[shown.screen] as ((route: Route) => JSX.Element) | undefined;
  const table = room && `/room/${room.id}`;
  return (
    <>
      <PieceDefs />
      <a
        class="skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          document.getElementById('main')?.focus();
        }}
      >
        Skip to the game
      </a>
      <header class="bar">
        <a class="brand" href="/" translate={false}>
          <img src="/favicon.svg" alt="" width="28" height="28" />
          Liap Tui
        </a>
        <nav aria-label="Screens">
          {LINKS.filter(({ forOperators }) => !forOperators || isOperator(account)).map(({ path, text, screens }) => (
            <a key={path} href={path} aria-current={screens.includes(shown.screen) ? 'page' : undefined}>
              {text}
            </a>
          ))}
          {table && (
            <a href={table} aria-current={shown.screen === 'room' ? 'page' : undefined}>
              Table
            </a>
          )}
        </nav>
        <AccountLink />
        <Connection />
        {room && shown.screen === 'room' && shown.id === room.id && <ChatToggle />}
        <button
          type="button"
          class="quiet icon"
          onClick={toggleTheme}
          aria-label={theme() === 'dark' ? 'Light mode' : 'Dark mode'}
        >
          <span aria-hidden="true">{theme() === 'dark' ? '☀' : '☾'}</span>
        </button>
      </header>
      <Banner />
      <main id="main" tabIndex={-1}>
        {draw ? draw(shown) : <Missing />}
      </main>
      <Notices />
      <Live />
    </>
  );
}

const Missing = () => (
  <section class="card narrow">
    <h1>Page not found</h1>
    <p>The link may be incomplete or mistyped. A table code has eight letters and digits, like ABCD2345.</p>
    <div class="row end">
      <a class="button primary" href="/">
        Back to lobby
      </a>
    </div>
  </section>
);

function Notices() {
  return (
    <div class="notices">
      {state.value.notices.map(({ id, kind, text }) => (
        <div
          key={id}
          class={`notice ${kind}`}
          role={kind === 'error' ? 'alert' : 'status'}
          onAnimationEnd={({ animationName }) => animationName === 'pass' && dismiss(id)}
        >
          <span>{text}</span>
          <button type="button" class="quiet icon" aria-label="Close" onClick={() => dismiss(id)}>
            ×
          </button>
        </div>
      ))}
    </div>
  );
}
