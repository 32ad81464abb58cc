// The replay's frames, from the record of a game with redeals.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Replay } from '../src/protocol/rest';
import { piecesOf } from '../src/view/replay/piece';
import { timeline } from '../src/view/replay/steps';

const replay = JSON.parse(readFileSync(new URL('./recorded/replay.json', import.meta.url), 'utf8')) as Replay;
const { frames, chapters } = timeline(replay);
const endOf = (round: number) => frames.findLast((frame) => frame.round === round)!;

test('every round ends with the declarations, piles and points on record', () => {
  expect(chapters.map(({ round }) => round.round)).toEqual(replay.rounds.map(({ round }) => round));
  for (const round of replay.rounds) {
    const { kind, declared, piles, totals } = endOf(round.round);
    expect({ kind, declared, piles, totals }).toEqual({
      kind: 'scored',
      declared: round.declarations,
      piles: round.captured,
      totals: round.totals,
    });
  }
});

test('every decision and every deal is shown exactly once', () => {
  const decided = frames.filter(({ kind }) => kind === 'declare' || kind === 'play' || kind === 'redeal');
  expect(decided.map(({ actor }) => actor)).toEqual(
    replay.actions.filter(({ type }) => type !== 'start').map(({ seat }) => seat),
  );
  expect(frames.filter(({ kind }) => kind === 'deal').map(({ hands }) => hands)).toEqual(
    replay.deals.map(({ hands }) => hands),
  );
});

test('played pieces leave the hand, which is empty at the end of a round', () => {
  for (const [at, frame] of frames.entries()) {
    if (frame.kind === 'scored') expect(frame.hands).toEqual([[], [], [], []]);
    if (frame.kind !== 'play' || frame.actor === null) continue;
    const before = frames[at - 1]!.hands[frame.actor]!;
    expect([...frame.hands[frame.actor]!, ...frame.plays[frame.actor]!].sort()).toEqual([...before].sort());
  }
});

test('the winner of a turn leads the next one of the round', () => {
  for (const [at, { kind, winner, round }] of frames.entries()) {
    const next = frames[at + 1];
    if (kind !== 'won' || next?.kind !== 'play' || next.round !== round) continue;
    expect(next.actor).toBe(winner);
  }
});

test('only weak hands were offered a redeal, which follows if one accepts', () => {
  const decisions = frames
    .map((frame, at) => ({ ...frame, next: frames[at + 1] }))
    .filter(({ kind }) => kind === 'redeal');
  expect(decisions.length).toBeGreaterThan(2);
  for (const { actor, hands } of decisions)
    expect(piecesOf(hands[actor!]!).every(({ point }) => point <= 9)).toBe(true);
  const afterLast = decisions.filter(({ next }) => next?.kind !== 'redeal');
  expect(afterLast.some(({ next }) => next?.kind === 'deal')).toBe(true);
});

test('the ids are numbered as in the rules', () => {
  const all = piecesOf(Array.from({ length: 32 }, (_, at) => `p${at + 1}`));
  expect(all.map(({ point }) => point)).toEqual(all.map(({ point }) => point).sort((a, b) => b - a));
  expect([all[0], all[31]].map((piece) => `${piece?.rank} ${piece?.color} ${piece?.point}`)).toEqual([
    'GENERAL RED 14',
    'SOLDIER BLACK 1',
  ]);
  expect(all.filter(({ rank }) => rank === 'SOLDIER').length).toBe(10);
});
