// Players whose names are properties of every object, and a check of the sources: only the opaque `ByName` may have
// names as keys.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseSync } from 'vite';
import { byName, countOf, entriesOf, mapped, of } from '../src/by_name';
import { played } from '../src/games';
import { type Incoming, receive } from '../src/handlers';
import { declarations, held, initial, isAsked, type State } from '../src/state';
import { exactness, handsOf } from '../src/observations';

const NAMES = ['constructor', '__proto__', 'toString', 'hasOwnProperty'] as const;

test('a name that is a property of every object works like any other', () => {
  const all = JSON.parse('{"__proto__": 1, "toString": 2}') as ReturnType<typeof byName<number>>;
  expect(NAMES.map((name) => of(all, name))).toEqual([undefined, 1, 2, undefined]);
  expect([countOf(all), entriesOf(mapped(all, (one) => one + 1))]).toEqual([
    2,
    [
      ['__proto__', 2],
      ['toString', 3],
    ],
  ]);
  const made = byName(NAMES.map((name, at) => [name, at] as const));
  expect(entriesOf(JSON.parse(JSON.stringify(made)))).toEqual(NAMES.map((name, at) => [name, at]));
});

/** An object with a value for each name. */
const forAll = <T>(value: (at: number) => T) => byName(NAMES.map((name, at) => [name, value(at)] as const));
const NONE = {};

function phaseChange(phase: string, phase_data: object): Incoming {
  const players = NAMES.map((name, position) => ({ name, position, is_bot: false, is_active: true, score: 0 }));
  const game_state = {
    round_number: 1,
    turn_number: 1,
    players,
    scores: forAll((seat) => seat),
    pile_counts: forAll(() => 2),
  };
  const data = { phase, phase_data, game_state, deadline: 9, server_time: 1 };
  // Serialized and parsed, because that is how the page receives it.
  return JSON.parse(JSON.stringify({ event: 'phase_change', server_time: 1, data }));
}

const at = (name: string, ...messages: Incoming[]): State => messages.reduce(receive, initial(name));
const turn = {
  current_player: 'toString',
  turn_number: 1,
  required_piece_count: 1,
  last_turn: null,
  turn_order: NAMES,
};

test.each(NAMES)('%s declares, plays and scores like any other player', (name) => {
  const decisions = (one: typeof NONE) => ({
    weak_hands: [],
    redeal_multiplier: 1,
    waiting_for_decisions: true,
    decisions: one,
  });
  expect(isAsked(at(name, phaseChange('PREPARATION', decisions(NONE))))).toBe(false);
  expect(isAsked(at(name, phaseChange('PREPARATION', decisions(byName([[name, null]])))))).toBe(true);

  const declaring = at(
    name,
    phaseChange('DECLARATION', { current_player: name, declarations: NONE, total_declared: 0 }),
  );
  expect(declaring.game && of(declarations(declaring.game), name)).toBeUndefined();
  const playing = at(name, phaseChange('TURN', { ...turn, declarations: forAll((seat) => seat), current_plays: NONE }));
  expect(playing.game && [held(playing.game, name), of(declarations(playing.game), name)]).toEqual([
    0,
    NAMES.indexOf(name),
  ]);

  const play = { pieces: [1, 2, 3, 4, 5, 6, 7, 8].map((id) => ({ id: `p${id}` })), play_type: 'SINGLE' };
  const last_turn = { turn_number: 1, winner: name, piles: 8, plays: forAll(() => play) };
  const round_scores = forAll((seat) => ({ declared: seat, captured: 2, round_score: seat, total_score: seat }));
  const scored = at(name, phaseChange('SCORING', { round_scores, redeal_multiplier: 1, last_turn }));
  const observations = scored.game?.observations;
  expect(observations && of(handsOf(observations.rounds[0]!)!, name)).toHaveLength(8);
  expect(observations && exactness(observations).get(name)).toEqual({
    exact: name === 'toString' ? 1 : 0,
    rounds: 1,
    best: NAMES.indexOf(name),
  });

  const room = { id: 'ABCD2345', name: 'Here', host: name } as State['room'];
  expect(played({ ...scored, room }, { final_scores: forAll((seat) => seat) } as never, 0)).toMatchObject({
    score: NAMES.indexOf(name),
    place: 4 - NAMES.indexOf(name),
  });
});

const sources = new URL('../src/', import.meta.url).pathname;
const files = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter(
  (path) => /(?<!\.test)\.tsx?$/.test(path) && path !== 'by_name.ts',
);

/** Finds code that creates objects with text keys, or looks up a key that is not a literal. */
function faultsIn(code: string, lang: 'ts' | 'tsx'): string[] {
  const faults: string[] = [];
  const line = (start: number) => code.slice(0, start).split('\n').length;
  const look = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(look);
    if (typeof node !== 'object' || node === null) return;
    const one = node as { type?: string; start: number; [part: string]: any };
    // Records of `unknown` are allowed: they hold the details of errors, whose names are fixed.
    const [key, value] =
      one.type === 'TSTypeReference' && one['typeName'].name === 'Record' ? one['typeArguments'].params : [];
    const isRecord = key?.type === 'TSStringKeyword' && value.type !== 'TSUnknownKeyword';
    const index = one.type === 'TSIndexSignature' && one['typeAnnotation']?.typeAnnotation.type !== 'TSUnknownKeyword';
    const isSearch = one.type === 'BinaryExpression' && one['operator'] === 'in' && one['left'].type !== 'Literal';
    const isMade =
      one.type === 'MemberExpression' && one['object'].name === 'Object' && one['property'].name === 'fromEntries';
    if (isRecord || index || isSearch || isMade)
      faults.push(`line ${line(one.start)}: ${code.slice(one.start, one['end']).split('\n')[0]}`);
    Object.values(one).forEach(look);
  };
  const { program, errors } = parseSync(`it.${lang}`, code);
  if (errors.length) throw new Error(errors[0]?.message);
  look(program);
  return faults;
}

test('the check finds every way to create an object with text keys', () => {
  const code = [
    'let a: Record<string, number> = {};',
    'let b: { [k: string]: number };',
    'name in all;',
    'Object.fromEntries([]);',
    "'fixed' in all;",
  ];
  expect(faultsIn(code.join('\n'), 'ts').map((fault) => fault.split(':')[0])).toEqual([
    'line 1',
    'line 2',
    'line 3',
    'line 4',
  ]);
});

test.each(files)('%s has no object with text keys', (path) => {
  expect(faultsIn(readFileSync(join(sources, path), 'utf8'), path.endsWith('x') ? 'tsx' : 'ts')).toEqual([]);
});
