// Entry point: styles, address, connection and view.
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

/** The room list is requested once per connection and after leaving a room; the server then sends its changes. */
let wasListing = false;
effect(() => {
  const { connection, room } = state.value;
  const isListing = connection.status === 'open' && !room;
  if (isListing && !wasListing) listRooms();
  wasListing = isListing;
});

const root = document.getElementById('app');
if (root) render(<App />, root);
