// Joins the parts: styles, address, connection, view.
import { effect } from '@preact/signals';
import { render } from 'preact';
import './style/tokens.css';
import './style/base.css';
import './style/bar.css';
import './style/controls.css';
import './style/notices.css';
import './style/lobby.css';
import './style/table.css';
import './style/seat.css';
import './style/plays.css';
import './style/hand.css';
import './style/question.css';
import './style/chat.css';
import './style/scores.css';
import './style/phone.css';
import './style/tour.css';
import { stayLoggedIn } from './account';
import { applyTheme } from './theme';
import { listRooms } from './actions';
import { ignoreClicksAfterScreenChange } from './clicks';
import { followAddress } from './route';
import { rememberChat } from './remember_chat';
import { rememberDeals } from './remember_deals';
import { socket, state } from './store';
import { surviveTranslation } from './translated';
import { App } from './view/app';

surviveTranslation();
applyTheme();
ignoreClicksAfterScreenChange();
followAddress();
stayLoggedIn().finally(() => socket.open());
rememberDeals();
rememberChat();
addEventListener('online', () => socket.reconnectNow());
addEventListener('offline', () => socket.assumeLost());
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && socket.reconnectNow());

/** The list is requested once per connection and whenever a seat was given up; then the server tells of changes. */
let listened = false;
effect(() => {
  const { connection, room } = state.value;
  const listens = connection.status === 'open' && !room;
  if (listens && !listened) listRooms();
  listened = listens;
});

const root = document.getElementById('app');
if (root) render(<App />, root);
