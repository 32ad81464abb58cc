// The tour on a recorded game: every step is shown once, when what it explains is on screen.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Incoming, receive } from '../src/handlers';
import { initial } from '../src/state';
import { after, due, NEW, type Progress, STEPS } from '../src/view/tour/steps';

const text = readFileSync(new URL('./recorded/practice.jsonl', import.meta.url), 'utf8');
const messages = text
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Incoming);

/** The steps shown to a player who reads each at once, and the progress at the end. */
function tour(from: Progress): { shown: string[]; progress: Progress } {
  const shown: string[] = [];
  let progress = from;
  messages.reduce((before, message) => {
    const state = receive(before, message);
    for (let step = due(state, progress); step; step = due(state, progress)) {
      shown.push(step.id);
      progress = after(progress, step.id);
    }
    return state;
  }, initial('Ann'));
  return { shown, progress };
}

test('a first game shows every step once, the hand first and the score last', () => {
  const { shown, progress } = tour(NEW);
  expect([...shown].sort()).toEqual(STEPS.map(({ id }) => id).sort());
  expect([shown[0], shown[1], shown.at(-1)]).toEqual(['hand', 'declare', 'scores']);
  expect(progress.done).toBe(true);
});

test('a second game shows nothing, nor does a game after a skipped tour', () => {
  expect(tour(tour(NEW).progress).shown).toEqual([]);
  expect(tour({ seen: ['hand'], done: true }).shown).toEqual([]);
});
