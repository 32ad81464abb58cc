// Addresses and pasted links are user input: each leads to a screen, and a code is found wherever it is.
import { describe, expect, test } from 'vitest';
import { codeIn } from '../src/code';
import { parse, pathOf } from '../src/route';

const FOUND = [
  'ABCD2345',
  'abcd2345',
  ' ABCD2345 ',
  'ABCD2345/',
  '/ABCD2345',
  'ABCD-2345',
  'ABCD 2345',
  'ABCD–2345',
  'A B C D 2 3 4 5',
  'ABCD2345.',
  '“ABCD2345”',
  '#ABCD2345',
  'ABCD2345%',
  'ABCD2345%2',
  'ABCD2345%20',
  '%20ABCD2345',
  '\u200bABCD2345\ufeff',
  'ＡＢＣＤ２３４５',
  'ABCD2345?from=chat',
  'ABCD2345#top',
  'https://play.example/room/ABCD2345',
  'https://play.example/room/ABCD2345/',
  'https://play.example/room/ABCD2345?utm_source=x&y=1',
  'http://127.0.0.1:8000/room/abcd2345#a',
  'https://play.example/room/ABCD-2345',
  'https://play.example/room/ABCD%202345',
  'play.example/room/ABCD2345.',
  '<https://play.example/room/ABCD2345>',
  'https://play.example/Room//ABCD2345',
  'Come and play: https://play.example/room/ABCD2345, we wait!',
  'Come and play: https://play.example/room/ABCD2345 (together)',
  'The code is ABCD2345.',
  'the code is abcd2345 today',
  'code:ABCD-2345',
  'It is ABCD 2345, come',
  'https://play.example/replay/ABCD2345',
  'Join\nhttps://play.example/room/ABCD2345\n\nAnn',
];

test.each(FOUND)('the code is found in %j', (text) => {
  expect(codeIn(text)).toBe('ABCD2345');
});

test.each([
  '',
  ' ',
  '/',
  'ABCD234',
  'ABCD23456',
  'https://play.example/room/',
  'https://play.example/',
  'Come together today',
  '%zz',
  '%',
  '/room/%E0%A4%A',
  'ABCD-23456',
])('there is no code in %j', (text) => {
  expect(codeIn(text)).toBeNull();
});

test('a code without a digit is found by its capitals', () => {
  expect(codeIn('Come together at WXYZABCD now')).toBe('WXYZABCD');
});

describe('an address', () => {
  test.each([
    ['/', { screen: 'lobby' }],
    ['', { screen: 'lobby' }],
    ['//', { screen: 'lobby' }],
    ['/room/ABCD2345', { screen: 'room', id: 'ABCD2345' }],
    ['/room/ABCD2345%', { screen: 'room', id: 'ABCD2345' }],
    ['/room/abcd2345/', { screen: 'room', id: 'ABCD2345' }],
    ['/Room/ABCD-2345', { screen: 'room', id: 'ABCD2345' }],
    ['/room/%20ABCD2345)', { screen: 'room', id: 'ABCD2345' }],
    ['/room/ABCD2345%20see%20you', { screen: 'room', id: 'ABCD2345' }],
    ['/room/ABCD/2345', { screen: 'room', id: 'ABCD2345' }],
    ['/room/https://play.example/room/ABCD2345', { screen: 'room', id: 'ABCD2345' }],
    ['/replay/ABCD2345,', { screen: 'replay', id: 'ABCD2345' }],
    ['/log/', { screen: 'log' }],
    ['/user/%zz', { screen: 'user', id: 'zz' }],
    ['/user/a%20b', { screen: 'user', id: 'a b' }],
    ['/user/1%', { screen: 'user', id: '1' }],
    ...[
      '/room',
      '/room/',
      '/room/%',
      '/room/unknown',
      '/replay/%zz',
      '/user',
      '/user/',
      '/me/x',
      '/nothing',
      '/constructor',
      '/__proto__',
    ].map((path) => [path, { screen: 'missing', path }] as const),
  ] as const)('%s leads to its screen', (path, screen) => {
    expect(parse(path)).toEqual(screen);
    expect(parse(pathOf(parse(path)))).toEqual(screen);
  });
});
