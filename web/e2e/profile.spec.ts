// Accounts by clicks: signing up, logging in and out, whose seat it is, changing profile and password.
import { expect } from '@playwright/test';
import { logIn, own, PASSWORD, REFUSALS, signUp, WITH_OPERATOR } from './account';
import { isAccessible, shoot, start, test } from './server';

test.use({ settings: WITH_OPERATOR, expected: REFUSALS });

test('signing up logs in, and seats then belong to the account', async ({ page, request }) => {
  await signUp(page, 'Ann_1');
  await expect(page.getByRole('link', { name: 'Your profile, Ann_1' })).toBeVisible();
  await page.getByRole('link', { name: 'Lobby' }).click();
  await expect(page.getByLabel('Your name')).toHaveValue('Ann_1');
  await page.getByRole('button', { name: 'Deal me in' }).click();
  await expect(page.getByRole('region', { name: 'Your hand', exact: true })).toBeVisible();
  const { id, headers } = await own(request, 'Ann_1');
  const state = (await (await request.get('/state', { headers })).json()) as { battleId: string; you: string };
  expect(page.url()).toContain(`/room/${state.battleId}`);
  expect(state.you).toBe(id);
});

test('a guest keeps their seat when they log in at the table', async ({ page }) => {
  await signUp(page, 'Ann_2');
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.getByRole('link', { name: 'Lobby' }).click();
  await page.getByRole('button', { name: 'Deal me in' }).click();
  const hand = page.getByRole('region', { name: 'Your hand', exact: true });
  await expect(hand).toBeVisible();
  await page.getByRole('link', { name: 'Log in' }).click();
  await logIn(page, 'Ann_2');
  await expect(page.getByRole('heading', { name: 'Ann_2', level: 1 })).toBeVisible();
  await page.getByRole('link', { name: 'Table' }).click();
  await expect(hand.getByRole('button', { name: /points$/ })).toHaveCount(8);
});

test('a login survives a reload, and a wrong password is refused', async ({ page }) => {
  await signUp(page, 'Ann_3');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Ann_3', level: 1 })).toBeVisible();
  await page.getByRole('button', { name: 'Log out' }).click();
  await expect(page.getByRole('link', { name: 'Log in' })).toBeVisible();
  await logIn(page, 'Ann_3', 'wrong horse');
  const password = page.getByLabel('Password');
  await expect(page.getByText('The username or password is wrong.')).toBeVisible();
  await expect(password).toBeFocused();
  await expect(password).toHaveAttribute('aria-invalid', 'true');
  await shoot(page, 'profile-wrong-password');
  await logIn(page, 'Ann_3');
  await expect(page.getByRole('heading', { name: 'Ann_3', level: 1 })).toBeVisible();
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain('horse');
});

test('a name that is taken is reported at its field', async ({ page }) => {
  await signUp(page, 'Ann_4');
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.getByRole('button', { name: 'I am new' }).click();
  await page.getByLabel('Username').fill('ann_4');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByText('This name, or one that looks like it, is taken.')).toBeVisible();
  await expect(page.getByLabel('Username')).toBeFocused();
});

test('a weak password is rejected at its field, with the reason', async ({ page }) => {
  await page.goto('/me');
  await page.getByRole('button', { name: 'I am new' }).click();
  await page.getByLabel('Username').fill('Ann_9');
  const password = page.getByLabel('Password');
  for (const [weak, reason] of [
    ['sunshine1', 'This is one of the most common passwords.'],
    ['horse of ann_9', 'must not contain the username'],
  ] as const) {
    await password.fill(weak);
    await page.getByRole('button', { name: 'Create account' }).click();
    await expect(page.getByRole('alert').filter({ hasText: reason })).toBeVisible();
    await expect(password).toBeFocused();
  }
});

test('profile and password are changed, and the player stays logged in', async ({ page }) => {
  await signUp(page, 'Ann_5');
  await page.getByLabel('Display name').fill('Ann the Wise');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { name: 'Ann the Wise', level: 1 })).toBeVisible();
  await page.getByText('Change password').click();
  await page.getByLabel('Current password').fill('wrong horse');
  await page.getByLabel('New password').fill('another horse');
  await page.getByRole('button', { name: 'Save new password' }).click();
  await expect(page.getByText('This is not your current password.')).toBeVisible();
  await page.getByLabel('Current password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Save new password' }).click();
  await expect(page.getByText('Password changed.')).toBeVisible();
  await page.reload();
  await page.getByRole('button', { name: 'Log out' }).click();
  await logIn(page, 'Ann_5', 'another horse');
  await expect(page.getByRole('heading', { name: 'Ann the Wise', level: 1 })).toBeVisible();
});

test('two windows log in and out together', async ({ page, context, baseURL }) => {
  const other = await context.newPage();
  await other.goto(`${baseURL}/me`);
  await signUp(page, 'Ann_6');
  await expect(other.getByRole('heading', { name: 'Ann_6', level: 1 })).toBeVisible();
  await other.getByRole('button', { name: 'Log out' }).click();
  await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible();
});

test('expired tokens are refreshed silently', async ({ page }) => {
  await signUp(page, 'Ann_7');
  const before = await page.evaluate(() => {
    const tokens = JSON.parse(localStorage.getItem('liap.tokens') ?? '{}') as { refreshToken: string };
    localStorage.setItem('liap.tokens', JSON.stringify({ ...tokens, token: 'ended', endsAt: 1 }));
    return tokens.refreshToken;
  });
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Ann_7', level: 1 })).toBeVisible();
  await expect(page.getByRole('img', { name: /connection, \d+ ms/ })).toBeVisible();
  expect(await page.evaluate(() => localStorage.getItem('liap.tokens'))).not.toContain(before);
});

test('too many attempts show the time to wait', async ({ page }) => {
  const server = await start({ BATTLES_AUTH_PER_MINUTE: '1' });
  await page.goto(`${server.url}/me`);
  await logIn(page, 'Nobody');
  await expect(page.getByText('The username or password is wrong.')).toBeVisible();
  await logIn(page, 'Nobody');
  await expect(page.getByText(/Too many attempts. Try again in \d+ seconds?\./)).toBeVisible();
  // Without its server, an open page would log errors.
  await page.close();
  await server.stop();
});

for (const { name, width, height, colorScheme } of [
  { name: 'desktop-light', width: 1440, height: 900, colorScheme: 'light' },
  { name: 'phone-dark', width: 360, height: 780, colorScheme: 'dark' },
] as const) {
  test(`the screens of an account are accessible and fit, ${name}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    await page.goto('/me');
    await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible();
    await shoot(page, `sign-in-${name}`, true);
    await isAccessible(page);
    await signUp(page, `Ann_${name}`);
    await expect(page.getByRole('region', { name: 'Statistics' }).getByText('Rating', { exact: true })).toBeVisible();
    await expect(page.getByRole('region', { name: 'Leaderboard' })).not.toContainText('Loading');
    await expect(page.getByText('Games that you finish in this browser appear here.')).toBeVisible();
    await page.getByText('Change password').click();
    await shoot(page, `profile-${name}`, true);
    await isAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });
}
