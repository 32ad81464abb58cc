// All requests go through the files that give them a time limit.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const src = new URL('../src/', import.meta.url);
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
  (name) => /\.tsx?$/.test(name) && !name.startsWith('protocol'),
);
const naming = (pattern: RegExp): string[] =>
  files.filter((name) => pattern.test(readFileSync(new URL(name, src), 'utf8'))).sort();

test('only rest.ts calls fetch, with a time limit for every request', () => {
  expect(naming(/\bfetch\(|XMLHttpRequest|sendBeacon|new EventSource/)).toEqual(['rest.ts']);
});

test('only two files open connections, and both detect silence', () => {
  expect(naming(/new WebSocket\(/)).toEqual(['socket.ts', 'view/log/log_socket.ts']);
});

test('requests over a connection are settled by the queue', () => {
  expect(naming(/\.settle\(|new Promise\b/)).toEqual(['socket.ts']);
});
