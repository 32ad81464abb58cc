// Requests go through the places that give them an end.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const src = new URL('../src/', import.meta.url);
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
  (name) => /\.tsx?$/.test(name) && !name.startsWith('protocol'),
);
const naming = (words: RegExp): string[] =>
  files.filter((name) => words.test(readFileSync(new URL(name, src), 'utf8'))).sort();

test('only rest.ts fetches, because it gives every request a time', () => {
  expect(naming(/\bfetch\(|XMLHttpRequest|sendBeacon|new EventSource/)).toEqual(['rest.ts']);
});

test('only two files open connections, and both notice that nobody answers', () => {
  expect(naming(/new WebSocket\(/)).toEqual(['socket.ts', 'view/log/log_socket.ts']);
});

test('what is asked over a connection is settled by the queue', () => {
  expect(naming(/\.settle\(|new Promise\b/)).toEqual(['socket.ts']);
});
