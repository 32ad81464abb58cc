// Statistics over a player's finished games.
import type { ComponentChildren } from 'preact';
import { useLoaded } from './loaded';
import type { UserStats } from '../../protocol/rest';
import { minus } from '../../points';
import { rest } from '../../rest';

const percent = (part: number): string => `${Math.round(part * 100)} %`;
const whole = (number: number): string => minus(Math.round(number).toLocaleString());

/** The rating with its deviation, for example `1,500 ± 500`. */
export const rated = ({ rating, ratingDeviation }: { rating: number; ratingDeviation: number }): string =>
  `${whole(rating)} ± ${whole(ratingDeviation)}`;

export function Stats({ id }: { id: string }) {
  const { value, problem } = useLoaded(() => rest<UserStats>('GET', `/users/${encodeURIComponent(id)}/stats`), [id]);
  return (
    <section class="card" aria-labelledby="stats">
      <h2 id="stats">Statistics</h2>
      {problem && (
        <p class="wrong" role="alert">
          {problem}
        </p>
      )}
      {!value && !problem && <p>Loading…</p>}
      {value && <Numbers stats={value} />}
    </section>
  );
}

function Numbers({ stats }: { stats: UserStats }) {
  const { gamesPlayed, gamesWon, winRate, roundsPlayed, perfectDeclarations, averageScore, bestScore } = stats;
  const cells: [string, ComponentChildren][] = [
    [
      'Rating',
      <>
        {whole(stats.rating)} <small>± {whole(stats.ratingDeviation)}</small>
      </>,
    ],
    ['Games', whole(gamesPlayed)],
    ['Won', gamesPlayed ? `${whole(gamesWon)} (${percent(winRate)})` : '0'],
    ['Exact rounds', roundsPlayed ? percent(perfectDeclarations / roundsPlayed) : '–'],
    ['Average score', gamesPlayed ? minus(averageScore.toLocaleString(undefined, { maximumFractionDigits: 1 })) : '–'],
    ['Best score', gamesPlayed ? whole(bestScore) : '–'],
  ];
  return (
    <>
      <dl class="figures">
        {cells.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p class="hint">
        {gamesPlayed === 0 ? 'No finished games yet. ' : ''}Ratings start at 1,500 ± 500 and change with full games
        against other people’s accounts. Short games and bot-only games are not rated.
      </p>
    </>
  );
}
