// The latest games of this browser, with links to their replays.
import { gamesOf } from '../../games';
import { plain } from '../../points';

const PLACES = ['', '1st', '2nd', '3rd', '4th'];

export function Games({ account }: { account: string | null }) {
  const games = gamesOf(account).slice(0, 10);
  return (
    <section class="card" aria-labelledby="games">
      <h2 id="games">Your latest games</h2>
      {games.length === 0 && <p>Games that you finish in this browser appear here.</p>}
      <ul class="rooms">
        {games.map(({ room, name, at, place, score }) => (
          <li key={`${room} ${at}`}>
            <span class="what">
              <b>{name}</b>
              <small>
                {PLACES[place]} with {plain(score)} points,{' '}
                <time dateTime={new Date(at).toISOString()}>{new Date(at).toLocaleDateString()}</time>
              </small>
            </span>
            <a class="button" href={`/replay/${room}`} aria-label={`Replay of ${name}`}>
              Replay
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
