// The own profile, or the way to one.
import '../../style/profile.css';
import { logOut } from '../../account';
import { state } from '../../store';
import { tokens } from '../../rest';
import { Games } from './games';
import { Leaderboard } from './leaderboard';
import { Settings } from './settings';
import { SignIn } from './sign_in';
import { Stats } from './stats';
import { Head } from './player';

export function Profile() {
  const { account } = state.value;
  if (!account) return tokens.value ? <p class="waiting">One moment …</p> : <SignIn />;
  return (
    <div class="profile">
      <Head user={account} note={account.isOperator ? 'operator' : null}><button type="button" onClick={logOut}>Log out</button></Head>
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
