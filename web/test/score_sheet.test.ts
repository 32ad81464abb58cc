// How long a round's scores stay: at least 5 s at every pace, and until they are closed if only bots wait.
import { expect, test } from 'vitest';
import { byName } from '../src/by_name';
import { type Incoming, receive } from '../src/handlers';
import { closesAt, SHOWN, sheetOf, waitingText } from '../src/score_sheet';
import { initial, type State } from '../src/state';

const NOW = 1_000_000;

/** A `phase_change` for Ann; `people` says whether Bob is a person or a bot. */
function phaseChange(phase: string, phase_data: object, people: boolean, deadline: number | null = null): Incoming {
  const players = ['Ann', 'Bob'].map((name, position) => ({
    name,
    position,
    is_bot: name !== 'Ann' && !people,
    is_active: true,
    score: 0,
  }));
  const game_state = {
    round_number: phase === 'SCORING' ? 1 : 2,
    turn_number: 0,
    players,
    scores: byName([]),
    pile_counts: byName([]),
  };
  return {
    event: 'phase_change',
    data: { phase, phase_data, game_state, deadline, server_time: NOW / 1000 },
  } as Incoming;
}

const SCORING = { round_scores: byName([]), redeal_multiplier: 1, last_turn: null };
const declaring = (current_player: string) => ({
  current_player,
  declarations: byName([]),
  total_declared: 0,
  valid_declarations: [0],
});
const after = (...messages: Incoming[]): State => {
  const { sheet, ...state } = messages.reduce(receive, initial('Ann'));
  return { ...state, sheet: sheet && { ...sheet, at: NOW } };
};

test('the scores stay when the server continues at once', () => {
  const state = after(
    phaseChange('SCORING', SCORING, true),
    phaseChange('DECLARATION', declaring('Bob'), true, NOW / 1000 + 30),
  );
  expect(sheetOf(state)?.round).toBe(1);
  expect(closesAt(state)).toBe(NOW + SHOWN);
  expect(waitingText(state)).toBe('Bob declares');
});

test('nothing closes the scores while the server itself waits', () => {
  expect(closesAt(after(phaseChange('SCORING', SCORING, true, NOW / 1000 + 5)))).toBeNull();
});

test('if only bots wait, the scores stay until they are closed', () => {
  const state = after(
    phaseChange('SCORING', SCORING, false),
    phaseChange('DECLARATION', declaring('Bob'), false, NOW / 1000 + 30),
  );
  expect(closesAt(state)).toBeNull();
});

test('the scores close while the player has enough time to decide', () => {
  const state = after(
    phaseChange('SCORING', SCORING, false),
    phaseChange('DECLARATION', declaring('Ann'), false, NOW / 1000 + 30),
  );
  expect(closesAt(state)).toBe(NOW + 20_000);
  expect(waitingText(state)).toBe('Your turn to declare');
  const short = after(
    phaseChange('SCORING', SCORING, false),
    phaseChange('DECLARATION', declaring('Ann'), false, NOW / 1000 + 2),
  );
  expect(closesAt(short)).toBe(NOW + SHOWN);
});

test('closed scores stay closed until the next round’s', () => {
  const read = after(phaseChange('SCORING', SCORING, true));
  const closed: State = { ...read, sheet: read.sheet && { ...read.sheet, isRead: true } };
  expect(sheetOf(receive(closed, phaseChange('SCORING', SCORING, true)))).toBeNull();
  const next = phaseChange('SCORING', SCORING, true) as Incoming & { data: { game_state: { round_number: number } } };
  next.data.game_state.round_number = 2;
  expect(sheetOf(receive(closed, next))?.round).toBe(2);
});

test('missed events show no old scores', () => {
  const away: State = { ...initial('Ann'), catchingUp: 2 };
  const state = [phaseChange('SCORING', SCORING, true), phaseChange('DECLARATION', declaring('Bob'), true)].reduce(
    receive,
    away,
  );
  expect(sheetOf({ ...state, catchingUp: 0 })).toBeNull();
});
