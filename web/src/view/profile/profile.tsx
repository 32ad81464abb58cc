// The player's own profile, or the login.
import '../../style/profile.css';
import { logOut } from '../../account';
import { isOperator } from '../../state';
import { state } from '../../store';
import { tokens } from '../../rest';
import { gamesOf } from '../../games';
import { Games } from './games';
import { Leaderboard } from './leaderboard';
import { Settings } from './settings';
import { SignIn } from './sign_in';
import { Stats } from './stats';
import { Head } from './player';

export function Profile() {
  const { account } = state.value;
  if (!account) return tokens.value ? <p class="waiting">Loading…</p> : <Guest />;
  return (
    <div class="profile">
      <Head user={account} note={isOperator(account) ? 'operator' : null}>
        <button type="button" onClick={logOut}>
          Log out
        </button>
      </Head>
      <div class="column">
        <Stats id={account.id} />
        <Games account={account.id} />
      </div>
      <div class="column">
        <Leaderboard own={account.id} />
        <Settings key={account.id} account={account} />
      </div>
    </div>
  );
}

/** The login, with the games that were played in this browser without an account. */
const Guest = () => (
  <>
    <SignIn />
    {gamesOf(null).length > 0 && (
      <div class="guest-games">
        <Games account={null} />
      </div>
    )}
  </>
);
