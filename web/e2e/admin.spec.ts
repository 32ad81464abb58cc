// The operator's screen by clicks (tables, pauses, accounts, load), and what players see of it.
import { expect, type Page } from '@playwright/test';
import { logIn, own, REFUSALS, ROOT, signUp, WITH_OPERATOR } from './account';
import { isAccessible, shoot, test } from './server';

test.use({ settings: WITH_OPERATOR, expected: REFUSALS });

async function openAdmin(page: Page): Promise<void> {
  await page.goto('/admin');
  await logIn(page, ROOT.username, ROOT.password);
  await expect(page.getByRole('region', { name: 'Load' })).toBeVisible();
}

const dialog = (page: Page) => page.getByRole('dialog');

test('an operator closes a table, and it closes for its players', async ({ page, browser, baseURL }) => {
  const guest = await (await browser.newContext()).newPage();
  await guest.goto(`${baseURL}/`);
  await guest.getByLabel('Your name').fill('Gast');
  await guest.getByRole('button', { name: 'Deal me in' }).click();
  await expect(guest.getByRole('region', { name: 'Your hand', exact: true })).toBeVisible();
  await openAdmin(page);
  const row = page.getByRole('listitem').filter({ hasText: 'Gast’s practice game' });
  await expect(row).toContainText('playing, private · Gast, 3 bots');
  await row.getByRole('button', { name: /^Close/ }).click();
  await expect(dialog(page)).toContainText('Everyone at the table is notified.');
  await shoot(page, 'admin-confirm');
  await isAccessible(page);
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toBeHidden();
  await row.getByRole('button', { name: /^Close/ }).click();
  await dialog(page).getByRole('button', { name: 'Close the table' }).click();
  await expect(row).toBeHidden();
  await expect(guest.getByRole('region', { name: 'Your hand', exact: true })).toBeHidden();
  await guest.context().close();
});

test('an operator disconnects a guest, and cannot ban their own address', async ({ page, browser, baseURL }) => {
  const guest = await (await browser.newContext()).newPage();
  await guest.goto(`${baseURL}/`);
  await guest.getByLabel('Your name').fill('Squatter');
  await guest.getByRole('button', { name: 'Create table' }).click();
  await expect(guest.getByRole('button', { name: 'Start the game' })).toBeVisible();
  await openAdmin(page);
  const row = page.getByRole('listitem').filter({ hasText: 'Squatter’s table' });
  await row.getByText('People', { exact: true }).click();
  await shoot(page, 'admin-people');
  await row.getByRole('button', { name: 'Ban Squatter' }).click();
  await expect(dialog(page).getByRole('button', { name: 'Ban' })).toBeDisabled();
  await dialog(page).getByLabel('Reason').fill('sat on all free seats');
  await isAccessible(page);
  await dialog(page).getByRole('button', { name: 'Ban' }).click();
  await expect(dialog(page).getByRole('alert')).toContainText('your own address');
  await page.keyboard.press('Escape');
  await row.getByRole('button', { name: 'Disconnect Squatter' }).click();
  await dialog(page).getByRole('button', { name: 'Disconnect' }).click();
  await expect(page.getByText('Squatter is disconnected.')).toBeVisible();
  await expect(guest.getByText(/You can’t go back to that table|The host removed you/)).toBeVisible();
  await guest.context().close();
});

test('a planned pause is announced at a table, and can be called off', async ({ page, browser, baseURL }) => {
  const guest = await (await browser.newContext()).newPage();
  await guest.goto(`${baseURL}/`);
  await guest.getByRole('button', { name: 'Create table' }).click();
  await expect(guest.getByRole('button', { name: 'Start the game' })).toBeVisible();
  await openAdmin(page);
  const pause = page.getByRole('region', { name: 'Pause' });
  await expect(pause.getByText('No pause is planned.')).toBeVisible();
  await pause.getByLabel('Starts in (minutes)').fill('30');
  await pause.getByRole('button', { name: 'Announce a pause' }).click();
  await dialog(page).getByRole('button', { name: 'Announce it' }).click();
  await expect(pause.getByText('Planned: maintenance')).toBeVisible();
  const banner = guest.getByText(/^New games will be paused at .* for about 10 minutes/);
  await expect(banner).toBeVisible();
  await shoot(guest, 'pause-at-a-table');
  await guest.getByRole('button', { name: 'Got it' }).click();
  await expect(banner).toBeHidden();
  await pause.getByRole('button', { name: 'Call it off' }).click();
  await dialog(page).getByRole('button', { name: 'Call it off' }).click();
  await expect(pause.getByText('No pause is planned.')).toBeVisible();
  await guest.context().close();
});

test('a pause that starts at once blocks new tables until it is ended', async ({ page }) => {
  await openAdmin(page);
  const pause = page.getByRole('region', { name: 'Pause' });
  await pause.getByLabel('Starts in (minutes)').fill('0');
  await pause.getByRole('button', { name: 'Start a pause' }).click();
  await dialog(page).getByRole('button', { name: 'Start it' }).click();
  await expect(pause.getByText('On now: maintenance')).toBeVisible();
  await expect(page.getByText(/^New games are paused until/)).toBeVisible();
  await page.getByRole('link', { name: 'Lobby' }).click();
  await page.getByRole('button', { name: 'Deal me in' }).click();
  await expect(page.getByText('The server is in maintenance; new rooms are not possible now')).toBeVisible();
  await page.getByRole('link', { name: 'Admin' }).click();
  await pause.getByRole('button', { name: 'End it' }).click();
  await dialog(page).getByRole('button', { name: 'End it' }).click();
  await expect(pause.getByText('No pause is planned.')).toBeVisible();
});

test('an account is found, blocked and unblocked', async ({ page, request, browser, baseURL }) => {
  const player = await (await browser.newContext({ baseURL: baseURL ?? '' })).newPage();
  await signUp(player, 'Cid');
  await openAdmin(page);
  const users = page.getByRole('region', { name: 'Accounts' });
  await users.getByLabel('Username').fill('nobody_at_all');
  await users.getByRole('button', { name: 'Find' }).click();
  await expect(users.getByText('Nobody has this username.')).toBeVisible();
  await users.getByLabel('Username').fill('cid');
  await users.getByRole('button', { name: 'Find' }).click();
  await users.getByRole('button', { name: 'Block' }).click();
  await dialog(page).getByRole('button', { name: 'Block' }).click();
  await expect(users.getByText('blocked')).toBeVisible();
  await expect(player.getByText('Your session has expired.')).toBeVisible();
  await logIn(player, 'Cid');
  await expect(player.getByText('The username or password is wrong.')).toBeVisible();
  await users.getByRole('button', { name: 'Unblock' }).click();
  await dialog(page).getByRole('button', { name: 'Unblock' }).click();
  await expect(users.getByText('blocked')).toBeHidden();
  expect((await own(request, 'Cid')).id).toMatch(/^[0-9a-f-]{36}$/);
  await player.context().close();
});

const announcement = (guest: Page) => guest.getByRole('status', { name: 'Announcement' });

async function announce(page: Page, message: string): Promise<void> {
  await openAdmin(page);
  await page.getByLabel('Message').fill(message);
  await page.getByRole('button', { name: 'Send announcement' }).click();
}

test('an announcement is shown to players and newcomers until withdrawn', async ({ page, browser, baseURL }) => {
  const player = await (await browser.newContext()).newPage();
  await player.goto(`${baseURL}/`);
  await player.getByRole('button', { name: 'Deal me in' }).click();
  await expect(player.getByRole('region', { name: 'Your hand', exact: true })).toBeVisible();
  await announce(page, 'Back at noon');
  // The operator's own page and the player's.
  await expect(page.getByText('Announcement sent to 2 connections.')).toBeVisible();
  await expect(announcement(player)).toContainText('Back at noon');
  await shoot(player, 'announcement-at-a-table');
  const late = await (await browser.newContext()).newPage();
  await late.goto(`${baseURL}/`);
  await expect(announcement(late)).toContainText('Back at noon');
  await page.getByRole('button', { name: 'Withdraw' }).click();
  for (const guest of [player, late]) await expect(announcement(guest)).toBeHidden();
  for (const guest of [player, late]) await guest.context().close();
});

test('a closed announcement stays closed after a reload', async ({ page }) => {
  await announce(page, 'Back at noon');
  await expect(announcement(page)).toContainText('Back at noon');
  await isAccessible(page);
  await announcement(page).getByRole('button', { name: 'Close' }).click();
  await expect(announcement(page)).toBeHidden();
  await page.reload();
  // The server has sent it again by now.
  await expect(page.getByText('Shown now: Back at noon')).toBeVisible();
  await expect(announcement(page)).toBeHidden();
});

test('a pause is shown to newcomers, and disappears when it is called off', async ({ page, browser, baseURL }) => {
  await openAdmin(page);
  const pause = page.getByRole('region', { name: 'Pause' });
  await pause.getByLabel('Starts in (minutes)').fill('0');
  await pause.getByRole('button', { name: 'Start a pause' }).click();
  await dialog(page).getByRole('button', { name: 'Start it' }).click();
  const late = await (await browser.newContext()).newPage();
  await late.goto(`${baseURL}/`);
  const banner = late.getByText(/^New games are paused until \d/);
  await expect(banner).toBeVisible();
  await pause.getByRole('button', { name: 'End it' }).click();
  await dialog(page).getByRole('button', { name: 'End it' }).click();
  await expect(banner).toBeHidden();
  await expect(page.getByText(/^New games are paused until/)).toBeHidden();
  await late.context().close();
});

test('others are refused, and see no link to it', async ({ page }) => {
  await signUp(page, 'Dan');
  await expect(page.getByRole('link', { name: 'Admin' })).toHaveCount(0);
  await page.goto('/admin');
  await expect(page.getByText('You are logged in as Dan, which is not an operator’s account.')).toBeVisible();
});

for (const { name, width, height, colorScheme } of [
  { name: 'desktop-dark', width: 1440, height: 900, colorScheme: 'dark' },
  { name: 'phone-light', width: 360, height: 780, colorScheme: 'light' },
] as const) {
  test(`the operator’s screen is accessible and fits, ${name}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    await openAdmin(page);
    await expect(page.getByText('No pause is planned.')).toBeVisible();
    await expect(page.getByRole('region', { name: 'Load' })).toContainText('Connections');
    await expect(page.getByRole('region', { name: 'Tables' })).not.toContainText('Loading');
    // The sparklines have a line after the second reading.
    await expect(page.locator('.spark polyline').first()).toHaveAttribute('points', / /);
    await shoot(page, `admin-${name}`, true);
    await isAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });
}
