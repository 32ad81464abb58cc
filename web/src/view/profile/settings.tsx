// Settings of the player's own account: display name, avatar and password.
import { useState } from 'preact/hooks';
import { changePassword, changeProfile } from '../../account';
import type { Account } from '../../state';
import { showNotice } from '../../store';
import { Field, useSending, FormError } from './form';

export function Settings({ account }: { account: Account }) {
  return (
    <section class="card" aria-labelledby="settings">
      <h2 id="settings">Account</h2>
      <ProfileForm account={account} />
      <details>
        <summary>Change password</summary>
        <PasswordForm username={account.username} />
      </details>
    </section>
  );
}

function ProfileForm({ account }: { account: Account }) {
  const [displayName, setName] = useState(account.displayName);
  const [avatarUrl, setUrl] = useState(account.avatarUrl ?? '');
  const sending = useSending(['displayName', 'avatarUrl'], async () => {
    await changeProfile({ displayName: displayName.trim(), avatarUrl: avatarUrl.trim() || null });
    showNotice('info', 'Profile saved.');
  });
  return (
    <form onSubmit={sending.submit}>
      <Field
        text="Display name"
        name="displayName"
        value={displayName}
        put={setName}
        sending={sending}
        maxLength={50}
        required
        autocomplete="nickname"
      />
      <Field
        text="Avatar"
        name="avatarUrl"
        type="url"
        value={avatarUrl}
        put={setUrl}
        sending={sending}
        maxLength={2048}
        placeholder="https://"
        autocomplete="photo"
        hint="The address of a picture. Other apps show it; this page does not load it."
      />
      <FormError>{sending.problem}</FormError>
      <button type="submit" disabled={sending.isBusy}>
        Save
      </button>
    </form>
  );
}

function PasswordForm({ username }: { username: string }) {
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const sending = useSending(['currentPassword', 'password'], async () => {
    await changePassword(current, password);
    setCurrent('');
    setPassword('');
    showNotice('info', 'Password changed. All other devices have been logged out.');
  });
  return (
    <form onSubmit={sending.submit} method="post">
      <input
        class="unseen"
        name="username"
        value={username}
        autocomplete="username"
        readOnly
        tabIndex={-1}
        aria-hidden="true"
      />
      <Field
        text="Current password"
        name="currentPassword"
        type="password"
        value={current}
        put={setCurrent}
        sending={sending}
        required
        autocomplete="current-password"
      />
      <Field
        text="New password"
        name="password"
        type="password"
        value={password}
        put={setPassword}
        sending={sending}
        required
        minLength={8}
        maxLength={128}
        autocomplete="new-password"
        hint="At least 8 characters, not a common password"
      />
      <FormError>{sending.problem}</FormError>
      <button type="submit" disabled={sending.isBusy}>
        Save new password
      </button>
    </form>
  );
}
