// Finds an account by its username, and blocks it, unblocks it or resets its password.
import { useState } from 'preact/hooks';
import type { AdminUser } from '../../protocol/rest';
import { rest } from '../../rest';
import { showNotice } from '../../store';
import { Field, useSending, FormError } from '../profile/form';
import type { Question } from '../confirm';

export function Users({ ask, own }: { ask: (question: Question) => void; own: string }) {
  const [username, setUsername] = useState('');
  const [found, put] = useState<AdminUser | null | undefined>(undefined);
  const sending = useSending(['username'], async () => {
    const [user = null] = await rest<AdminUser[]>(
      'GET',
      `/admin/users?username=${encodeURIComponent(username.trim())}`,
    );
    put(user);
  });
  return (
    <section class="card" aria-labelledby="users">
      <h2 id="users">Accounts</h2>
      <form class="row" role="search" onSubmit={sending.submit}>
        <Field
          text="Username"
          name="username"
          type="search"
          value={username}
          put={setUsername}
          sending={sending}
          required
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
        />
        <button type="submit" disabled={sending.isBusy}>
          Find
        </button>
      </form>
      <FormError>{sending.problem}</FormError>
      <div role="status">{found === null && <p class="after">Nobody has this username.</p>}</div>
      {found && <User key={found.id} user={found} put={put} ask={ask} isOwn={found.id === own} />}
    </section>
  );
}

function User({
  user,
  put,
  ask,
  isOwn,
}: {
  user: AdminUser;
  put: (user: AdminUser) => void;
  ask: (question: Question) => void;
  isOwn: boolean;
}) {
  const { id, username, displayName, role, blocked, createdAt } = user;
  const setBlocked = async (verb: 'block' | 'unblock') => {
    put(await rest<AdminUser>('POST', `/admin/users/${encodeURIComponent(id)}/${verb}`));
    showNotice('info', verb === 'block' ? `${username} is blocked.` : `${username} is unblocked.`);
  };
  const block = () =>
    ask({
      title: `Block ${username}?`,
      text: 'The account is logged out everywhere and its connections are closed. Bots take over its games.',
      act: 'Block',
      run: () => setBlocked('block'),
    });
  const unblock = () =>
    ask({
      title: `Unblock ${username}?`,
      text: 'The player has to log in again.',
      act: 'Unblock',
      run: () => setBlocked('unblock'),
    });
  return (
    <div class="standing after">
      <p>
        <b>
          <a href={`/user/${id}`}>{username}</a>
        </b>{' '}
        {blocked && <span class="blocked">blocked</span>}
        <br />
        <small>
          {displayName} · {role === 'admin' ? 'operator' : 'player'} · since {new Date(createdAt).toLocaleDateString()}
        </small>
      </p>
      <div class="row">
        {!isOwn &&
          (blocked ? (
            <button type="button" onClick={unblock}>
              Unblock
            </button>
          ) : (
            <button type="button" class="danger" onClick={block}>
              Block
            </button>
          ))}
      </div>
      {!isOwn && <Reset user={user} ask={ask} />}
    </div>
  );
}

function Reset({ user, ask }: { user: AdminUser; ask: (question: Question) => void }) {
  const [password, setPassword] = useState('');
  const sending = useSending(['password'], async () =>
    ask({
      title: `Set a new password for ${user.username}?`,
      text: 'The account is logged out everywhere. Give its owner the new password in private.',
      act: 'Set password',
      run: async () => {
        await rest('POST', `/admin/users/${encodeURIComponent(user.id)}/password`, { password });
        setPassword('');
        showNotice('info', `${user.username} has a new password.`);
      },
    }),
  );
  return (
    <details>
      <summary>Reset password</summary>
      <form onSubmit={sending.submit}>
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
          Set password
        </button>
      </form>
    </details>
  );
}
