// The public profile of a player, visible to everyone with an account.
import '../../style/profile.css';
import type { ComponentChildren } from 'preact';
import type { User } from '../../protocol/rest';
import { rest, tokens } from '../../rest';
import { state } from '../../store';
import { useLoaded } from './loaded';
import { Leaderboard } from './leaderboard';
import { SignIn } from './sign_in';
import { Stats } from './stats';

export const Head = ({ user, note, children }: { user: User; note: string | null; children?: ComponentChildren }) => (
  <section class="card head">
    <span class="monogram" aria-hidden="true">
      {[...user.displayName][0]?.toUpperCase()}
    </span>
    <div>
      <h1>{user.displayName}</h1>
      <p>
        {[user.username !== user.displayName && user.username, note, 'member since '].filter(Boolean).join(' · ')}
        <time dateTime={new Date(user.createdAt).toISOString()}>{new Date(user.createdAt).toLocaleDateString()}</time>
      </p>
    </div>
    {children}
  </section>
);

export function Player({ id }: { id: string }) {
  return tokens.value ? <Shown id={id} /> : <SignIn />;
}

function Shown({ id }: { id: string }) {
  const { value: user, problem } = useLoaded(() => rest<User>('GET', `/users/${encodeURIComponent(id)}`), [id]);
  if (problem)
    return (
      <section class="card narrow">
        <h1>Profile not available</h1>
        <p>{problem}</p>
        <p>
          <a href="/me">Go to your profile</a>
        </p>
      </section>
    );
  if (!user) return <p class="waiting">Loading…</p>;
  return (
    <div class="profile">
      <Head user={user} note={null} />
      <Stats id={id} />
      <Leaderboard own={state.value.account?.id ?? ''} />
    </div>
  );
}
