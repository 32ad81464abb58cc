// The form to log in or sign up.
import { useState } from 'preact/hooks';
import { logIn, signUp } from '../../account';
import { Field, useSending, FormError } from './form';

export function SignIn() {
  const [isNew, choose] = useState(false);
  return (
    <section class="card sign-in" aria-labelledby="sign-in">
      <h1 id="sign-in">{isNew ? 'Sign up' : 'Log in'}</h1>
      <p>An account keeps your games, statistics and place on the leaderboard. You can play without one.</p>
      <div class="choice" role="group" aria-label="New here?">
        <button type="button" aria-pressed={!isNew} onClick={() => choose(false)}>
          I have an account
        </button>
        <button type="button" aria-pressed={isNew} onClick={() => choose(true)}>
          I am new
        </button>
      </div>
      <Form key={String(isNew)} isNew={isNew} />
    </section>
  );
}

function Form({ isNew }: { isNew: boolean }) {
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const sending = useSending(['username', 'password'], () => (isNew ? signUp : logIn)(username.trim(), password));
  const rules = isNew ? { minLength: 3, maxLength: 32, pattern: '[A-Za-z0-9_\\-]+' } : {};
  return (
    <form onSubmit={sending.submit} method="post">
      <Field
        text="Username"
        name="username"
        value={username}
        put={setUsername}
        sending={sending}
        autocomplete="username"
        autocapitalize="none"
        spellcheck={false}
        required
        {...rules}
        {...(isNew ? { hint: '3 to 32 letters, digits, _ or -' } : {})}
      />
      <Field
        text="Password"
        name="password"
        type="password"
        value={password}
        put={setPassword}
        sending={sending}
        required
        autocomplete={isNew ? 'new-password' : 'current-password'}
        {...(isNew ? { minLength: 8, maxLength: 128, hint: 'At least 8 characters, not a common password' } : {})}
      />
      <FormError>{sending.problem}</FormError>
      <button type="submit" class="primary" disabled={sending.isBusy}>
        {isNew ? 'Create account' : 'Log in'}
      </button>
    </form>
  );
}
