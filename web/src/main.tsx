// Joins the parts: styles, address, connection, view.
import { effect } from '@preact/signals';
import { render } from 'preact';
import './style/tokens.css';
import './style/base.css';
import './style/lobby.css';
import './style/table.css';
import { stayLoggedIn } from './account';
import './style/chat.css';
import { applyTheme } from './theme';
import { listRooms } from './actions';
import { followAddress } from './route';
import { socket, state } from './store';
import { App } from './view/app';

applyTheme();
followAddress();
stayLoggedIn().finally(() => socket.open());
addEventListener('online', () => socket.hurry());
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && socket.hurry());

/** The list is asked for once on every connection and whenever a seat was given up; then the server tells of changes. */
let listened = false;
effect(() => {
  const { connection, room } = state.value;
  const listens = connection.status === 'open' && !room;
  if (listens && !listened) listRooms();
  listened = listens;
});

const root = document.getElementById('app');
if (root) render(<App />, root);
