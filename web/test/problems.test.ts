// Errors of the REST API as texts for players.
import { expect, test } from 'vitest';
import { problemOf } from '../src/problems';
import { Refusal } from '../src/rest';

const refusal = (status: number, code: string, details?: object, wait: number | null = null) =>
  problemOf(new Refusal(status, { code, message: 'said so', details }, wait));

test('an invalid field is named, with the text for its form field', () => {
  expect(refusal(400, 'VALIDATION_FAILED', { field: 'username' })).toEqual({
    field: 'username',
    text: 'Use 3 to 32 letters, digits, _ or -. Some names are reserved.',
  });
  expect(refusal(400, 'VALIDATION_FAILED', { field: 'odd' })).toEqual({ field: 'odd', text: 'Said so.' });
  expect(refusal(409, 'USERNAME_TAKEN').field).toBe('username');
});

test('a weak password is rejected with the reason', () => {
  const weak = (reason?: string) => refusal(400, 'VALIDATION_FAILED', { field: 'password', reason });
  expect(weak('COMMON_PASSWORD')).toEqual({
    field: 'password',
    text: 'This is one of the most common passwords. Choose another one.',
  });
  expect(weak('CONTAINS_USERNAME').text).toMatch(/must not contain the username/);
  expect(weak().text).toBe('Use 8 to 128 characters.');
});

test('a wrong password is reported at the field where it was typed', () => {
  const wrong = new Refusal(401, { code: 'INVALID_CREDENTIALS' });
  expect(problemOf(wrong, ['username', 'password']).field).toBe('password');
  expect(problemOf(wrong, ['currentPassword', 'password']).field).toBe('currentPassword');
});

test('too many attempts show the time to wait if the server sends it', () => {
  expect(refusal(429, 'RATE_LIMITED', undefined, 1).text).toBe('Too many attempts. Try again in 1 second.');
  expect(refusal(429, 'RATE_LIMITED', undefined, 42).text).toBe('Too many attempts. Try again in 42 seconds.');
  expect(refusal(429, 'RATE_LIMITED').text).toBe('Too many attempts. Try again in a minute.');
});

test('server-side failures are not blamed on the player', () => {
  expect(refusal(503, 'UNAVAILABLE').text).toMatch(/later/);
  expect(refusal(0, 'OFFLINE').text).toMatch(/reached/);
  expect(problemOf(new TypeError('x')).field).toBeNull();
});
