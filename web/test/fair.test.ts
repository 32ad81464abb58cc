// Verifying the deal of a recorded game: all observations match the seed, and manipulations are detected.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Incoming, receive } from '../src/handlers';
import { byName } from '../src/by_name';
import { initial, type State } from '../src/state';
import { bytesOf, deal, verify } from '../src/view/table/fair';
import { exactness, handsOf, joined, NOTHING_OBSERVED } from '../src/observations';

const text = readFileSync(new URL('./recorded/practice.jsonl', import.meta.url), 'utf8');
const messages = text
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Incoming);
const end = (): State => messages.reduce(receive, initial('Ann'));
const seats = (state: State): string[] =>
  [...(state.game?.players ?? [])].sort((a, b) => a.position - b.position).map(({ name }) => name);

const check = (
  state: State,
  seed = state.game?.over?.deck_seed ?? '',
  seen = state.game?.observations ?? NOTHING_OBSERVED,
) => verify(seed, state.game?.commitment ?? '', seen, seats(state), 'Ann', 3);

describe('the deal of a recorded game', () => {
  test('matches the commitment, and every observed hand matches the seed', async () => {
    const verdict = await check(end());
    expect(verdict.matchesCommitment).toBe(true);
    expect(verdict.dealt).toEqual({ seen: 3, right: 3 });
    expect(verdict.rounds.seen).toBeGreaterThan(1);
    expect(verdict.rounds.right).toBe(verdict.rounds.seen);
  });

  test('fails the check with another seed', async () => {
    const state = end();
    const other = (state.game?.over?.deck_seed ?? '').replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
    expect(await check(state, other)).toMatchObject({
      matchesCommitment: false,
      dealt: { right: 0 },
      rounds: { right: 0 },
    });
  });

  test('fails the check if one piece of one hand differs', async () => {
    const state = end();
    const seen = state.game?.observations ?? NOTHING_OBSERVED;
    const [first = [], ...rest] = seen.dealt;
    const wrong = Array.from({ length: 32 }, (_, at) => `p${at + 1}`).find((id) => !first.includes(id)) ?? '';
    const verdict = await check(state, undefined, { ...seen, dealt: [[wrong, ...first.slice(1)], ...rest] });
    expect(verdict.dealt).toEqual({ seen: 3, right: 2 });
  });

  test('contains every piece once', () => {
    const seed = bytesOf(end().game?.over?.deck_seed ?? '');
    for (const number of [0, 1, 1000]) expect(new Set(deal(seed, number).flat()).size).toBe(32);
  });
});

describe('the observations', () => {
  test('count exact declarations as the server does', () => {
    const { game } = end();
    const counts = [...exactness(game?.observations ?? NOTHING_OBSERVED).values()];
    expect(counts.reduce((sum, { exact }) => sum + exact, 0)).toBe(game?.over?.statistics.perfect_declarations);
    expect(counts.every(({ rounds }) => rounds === game?.over?.rounds_played)).toBe(true);
  });

  test('are the same after a reload in between', () => {
    const whole = end().game?.observations ?? NOTHING_OBSERVED;
    const half = { dealt: whole.dealt.slice(0, 2), rounds: whole.rounds.slice(0, 2) };
    const rest = { dealt: whole.dealt.slice(1), rounds: whole.rounds.slice(1) };
    expect(joined(half, rest)).toEqual(whole);
  });

  test('contain no complete hand while a turn is missing', () => {
    const [first] = end().game?.observations.rounds ?? [];
    expect(first && handsOf(first)).not.toBeNull();
    expect(first && handsOf({ ...first, turns: { 1: first.turns[1] ?? byName<string[]>([]) } })).toBeNull();
  });
});
