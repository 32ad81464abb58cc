// The steps of the tour through a first game; each is shown when what it explains is on screen.
import { countOf, valuesOf } from '../../by_name';
import { sheetOf } from '../../score_sheet';
import { currentPlayer, declarations, isAsked, type State } from '../../state';

export interface Step {
  id: string;
  title: string;
  text: string;
  /** The CSS selector of the element that it points at; the first match. */
  anchor: string;
  /** Whether what it explains is on screen. */
  isDue: (state: State) => boolean;
}

const isOn = (state: State, phase: string): boolean => state.game?.phase.name === phase;
const wanted = ({ game }: State): number | null =>
  game?.phase.name === 'TURN' ? game.phase.data.required_piece_count : null;
const mine = (state: State): boolean => currentPlayer(state.game) === state.name;

export const STEPS: readonly Step[] = [
  {
    id: 'hand',
    title: 'Your hand',
    text: 'Eight pieces, strongest first. The number on each piece is its value when sets are compared.',
    anchor: '.hand .pieces',
    isDue: (state) =>
      state.hand?.count === 8 && (isOn(state, 'DECLARATION') || isOn(state, 'PREPARATION') || isOn(state, 'TURN')),
  },
  {
    id: 'declare',
    title: 'Declare your piles',
    text: 'Each round has eight piles. Declare how many you will win: winning exactly that many is what scores.',
    anchor: '.question',
    isDue: (state) => isOn(state, 'DECLARATION') && isAsked(state),
  },
  {
    id: 'lead',
    title: 'You lead',
    text:
      'Choose a set: one piece, a pair, three soldiers, a straight… ' +
      'Pieces that go together stay bright, and the name of the set is shown. Then play it.',
    anchor: '.hand .pieces',
    isDue: (state) => isOn(state, 'TURN') && mine(state) && wanted(state) === null,
  },
  {
    id: 'follow',
    title: 'You follow',
    text:
      'Play as many pieces as the leader. ' +
      'The same kind of set with more points beats the leader’s. Anything else loses, which may be just what you want.',
    anchor: '.hand .pieces',
    isDue: (state) => isOn(state, 'TURN') && mine(state) && wanted(state) !== null,
  },
  {
    id: 'piles',
    title: 'Won / declared',
    text:
      'Whoever wins a turn wins one pile for each piece they played, and leads the next turn. ' +
      'The piles won and declared are next to every name.',
    anchor: '.seat.me .piles',
    isDue: (state) =>
      isOn(state, 'TURN') &&
      state.game !== null &&
      valuesOf(state.game.piles).some((piles) => piles > 0) &&
      countOf(declarations(state.game)) === 4,
  },
  {
    id: 'scores',
    title: 'The score',
    text:
      'Exact: your declaration plus 5 points. Zero declared and none won: 3 points. ' +
      'Otherwise you lose the difference. The first player to reach the target ends the game.',
    anchor: '.scores',
    isDue: (state) => sheetOf(state) !== null,
  },
];

/** Which steps the player has read, and whether the tour is over; stored in the browser. */
export interface Progress {
  seen: readonly string[];
  done: boolean;
}

export const NEW: Progress = { seen: [], done: false };

/** Whether the step's element is visible: the scores cover everything else. */
const isSeen = ({ anchor }: Step, state: State): boolean => anchor === '.scores' || sheetOf(state) === null;

/** The step to show now; null if there is none. */
export const due = (state: State, { seen, done }: Progress): Step | null =>
  done || !state.game || state.game.over
    ? null
    : (STEPS.find((step) => !seen.includes(step.id) && isSeen(step, state) && step.isDue(state)) ?? null);

/** The progress after reading a step; reading all of them ends the tour. */
export function after({ seen }: Progress, id: string): Progress {
  const now = [...seen, id];
  return { seen: now, done: STEPS.every((step) => now.includes(step.id)) };
}
