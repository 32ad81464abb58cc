// The deals and rounds that this page has seen, to verify the deal at the end and to count exact declarations.
import { type ByName, byName, entriesOf, mapped } from './by_name';
import type { PhaseData, Play, RoundScoreData } from './protocol/server';

/** What was seen of one round. */
export interface RoundSeen {
  round: number;
  /** The ids of the played pieces, by turn number and player. */
  turns: Readonly<Record<number, ByName<readonly string[]>>>;
  /** The scores of the round; null until it is scored. */
  scores: ByName<RoundScoreData> | null;
}

export interface Observations {
  /** The complete hands that the player was dealt, in order, including redeals. */
  dealt: readonly (readonly string[])[];
  /** Ordered by round number. */
  rounds: readonly RoundSeen[];
}

export const NOTHING_OBSERVED: Observations = { dealt: [], rounds: [] };

const WHOLE_HAND = 8;

/** Adds a hand; only a complete one that is not known yet counts. */
export function withHand(before: Observations, pieces: readonly { id: string }[]): Observations {
  const ids = pieces.map((piece) => piece.id);
  if (ids.length !== WHOLE_HAND || before.dealt.some((hand) => hand.join() === ids.join())) return before;
  return { ...before, dealt: [...before.dealt, ids] };
}

/** Adds the last turn and the scores that a phase's data contains. */
export function withPhase(before: Observations, round: number, data: PhaseData | null | undefined): Observations {
  const sent = (data ?? {}) as {
    last_turn?: { turn_number: number; plays: ByName<Play> } | null;
    round_scores?: ByName<RoundScoreData>;
  };
  if (!sent.last_turn && !sent.round_scores) return before;
  const known = before.rounds.find((seen) => seen.round === round) ?? { round, turns: {}, scores: null };
  const last = sent.last_turn;
  if (known.scores || (last && !sent.round_scores && known.turns[last.turn_number])) return before;
  const plays = last && mapped(last.plays, (play) => play.pieces.map((piece) => piece.id));
  const seen = {
    ...known,
    turns: last && plays ? { ...known.turns, [last.turn_number]: plays } : known.turns,
    scores: sent.round_scores ?? null,
  };
  return { ...before, rounds: merged(before.rounds, [seen]) };
}

/** Joins the observations from before and after a reload. */
export const joined = (before: Observations, since: Observations): Observations => ({
  dealt: since.dealt.reduce(
    (all, ids) => (all.some((hand) => hand.join() === ids.join()) ? all : [...all, ids]),
    before.dealt,
  ),
  rounds: merged(
    before.rounds,
    since.rounds.map((seen) => {
      const known = before.rounds.find(({ round }) => round === seen.round);
      return { ...seen, turns: { ...known?.turns, ...seen.turns }, scores: seen.scores ?? known?.scores ?? null };
    }),
  ),
});

const merged = (before: readonly RoundSeen[], since: readonly RoundSeen[]): readonly RoundSeen[] =>
  [...before.filter(({ round }) => !since.some((seen) => seen.round === round)), ...since].sort(
    (a, b) => a.round - b.round,
  );

/** All four complete hands of a round, from what was played; null unless every turn was seen. */
export function handsOf({ turns }: RoundSeen): ByName<readonly string[]> | null {
  const hands = new Map<string, readonly string[]>();
  for (const plays of Object.values(turns))
    for (const [name, ids] of entriesOf(plays)) hands.set(name, [...(hands.get(name) ?? []), ...ids]);
  const all = [...hands.values()];
  return all.length === 4 && all.every((hand) => hand.length === WHOLE_HAND) ? byName(hands) : null;
}

/** Per player, over the scored rounds: how many were exact, how many there were, and the best round score. */
export function exactness({
  rounds,
}: Observations): ReadonlyMap<string, { exact: number; rounds: number; best: number }> {
  const counts = new Map<string, { exact: number; rounds: number; best: number }>();
  for (const { scores } of rounds) {
    for (const [name, score] of scores ? entriesOf(scores) : []) {
      const count = counts.get(name) ?? { exact: 0, rounds: 0, best: -Infinity };
      counts.set(name, count);
      count.rounds += 1;
      count.best = Math.max(count.best, score.round_score);
      if (score.declared === score.captured) count.exact += 1;
    }
  }
  return counts;
}
