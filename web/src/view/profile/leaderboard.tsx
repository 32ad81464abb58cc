// The leaderboard, page by page.
import { useState } from 'preact/hooks';
import { rest } from '../../rest';
import type { Leaderboard as Places } from '../../protocol/rest';
import { useLoaded } from './loaded';
import { rated } from './stats';

const ON_A_PAGE = 10;

export function Leaderboard({ own }: { own: string }) {
  const [page, turnTo] = useState(0);
  const { value, problem } = useLoaded(
    () => rest<Places>('GET', `/leaderboard?limit=${ON_A_PAGE}&offset=${page * ON_A_PAGE}`),
    [page],
  );
  const pages = Math.max(1, Math.ceil((value?.total ?? 0) / ON_A_PAGE));
  return (
    <section class="card" aria-labelledby="leaderboard">
      <h2 id="leaderboard">Leaderboard</h2>
      {problem && (
        <p class="wrong" role="alert">
          {problem}
        </p>
      )}
      {!value && !problem && <p>Loading…</p>}
      {value?.total === 0 && <p>Nobody with an account has finished a game yet. Be the first.</p>}
      {value && value.total > 0 && <Table places={value} own={own} />}
      {pages > 1 && (
        <nav class="row pages" aria-label="Pages of the leaderboard">
          <button type="button" disabled={page === 0} onClick={() => turnTo(page - 1)}>
            Previous
          </button>
          <span>
            {page + 1} of {pages}
          </span>
          <button type="button" disabled={page + 1 >= pages} onClick={() => turnTo(page + 1)}>
            Next
          </button>
        </nav>
      )}
    </section>
  );
}

const Table = ({ places, own }: { places: Places; own: string }) => (
  <table>
    <thead>
      <tr>
        <th scope="col">Place</th>
        <th scope="col">Player</th>
        <th scope="col" class="number">
          Rating
        </th>
        <th scope="col" class="number">
          Won
        </th>
      </tr>
    </thead>
    <tbody>
      {places.entries.map((entry) => (
        <tr key={entry.user.id} class={entry.user.id === own ? 'own' : ''}>
          <td>{entry.rank}</td>
          <th scope="row">
            <a href={`/user/${entry.user.id}`}>{entry.user.displayName}</a>
          </th>
          <td class="number">{rated(entry)}</td>
          <td class="number">
            {entry.gamesWon} of {entry.gamesPlayed}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);
