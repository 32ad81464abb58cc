// The screen for operators.
import '../../style/profile.css';
import '../../style/admin.css';
import { useEffect, useState } from 'preact/hooks';
import { loadAccount } from '../../account';
import { problemOf } from '../../problems';
import { tokens } from '../../rest';
import { isOperator } from '../../state';
import { state } from '../../store';
import { SignIn } from '../profile/sign_in';
import { Announce } from './announce';
import { Confirm, type Question } from '../confirm';
import { Load } from './load';
import { Maintenance } from './maintenance';
import { Rooms } from './rooms';
import { Users } from './users';

export function Admin() {
  const { account } = state.value;
  const id = account?.id;
  const [question, ask] = useState<Question | null>(null);
  const [isChecked, check] = useState(false);
  useEffect(() => {
    // The account may have been made an operator's since the login, so it is loaded again.
    if (id) loadAccount().finally(() => check(true));
  }, [id]);
  if (!account) return tokens.value ? <p class="waiting">Loading…</p> : <SignIn />;
  if (!isOperator(account))
    return isChecked ? <OperatorsOnly name={account.username} /> : <p class="waiting">Loading…</p>;
  return (
    <div class="admin">
      <h1 class="unseen">Admin</h1>
      <Load />
      <div class="column">
        <Rooms ask={ask} />
        <Users ask={ask} own={account.id} />
      </div>
      <div class="column">
        <Maintenance ask={ask} />
        <Announce />
      </div>
      <Confirm question={question} close={() => ask(null)} describeError={(error) => problemOf(error).text} />
    </div>
  );
}

const OperatorsOnly = ({ name }: { name: string }) => (
  <section class="card narrow">
    <h1>Operators only</h1>
    <p>
      You are logged in as {name}, which is not an operator’s account. The person who runs this server can make you one.
    </p>
    <p>
      <a href="/">Back to lobby</a>
    </p>
  </section>
);
