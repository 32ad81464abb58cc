// The link to the profile, or to the login, in the bar above every screen.
import { route } from '../route';
import { state } from '../store';

export function AccountLink() {
  const { account } = state.value;
  const text = account?.displayName ?? 'Log in';
  return (
    <a
      class="who"
      href="/me"
      aria-current={route.value.screen === 'me' ? 'page' : undefined}
      aria-label={account ? `Your profile, ${text}` : text}
      title={text}
    >
      <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" fill="currentColor">
        <circle cx="12" cy="8" r="4.5" />
        <path d="M3.5 21a8.5 7.5 0 0 1 17 0z" />
      </svg>
      <span>{text}</span>
    </a>
  );
}
