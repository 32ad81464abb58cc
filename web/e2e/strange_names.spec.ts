// Players whose names are properties of every JavaScript object.
import { expect } from '@playwright/test';
import { nextPrompt, step } from './player';
import { quickGame, seatOthers, signUp } from './quick_game';
import { shoot, test } from './server';

const NAMES = ['constructor', '__proto__', 'toString', 'hasOwnProperty'];

test('four players with strange names play a round to its scores', async ({ page, browser }) => {
  test.setTimeout(300_000);
  await page.goto('/');
  await page.getByLabel('Your name').fill(NAMES[0] ?? '');
  await page.getByText('Options').click();
  await page.getByLabel('Seconds per decision').fill('120');
  await page.getByRole('button', { name: 'Create table' }).click();
  await expect(page).toHaveURL(/room/);
  const others = await (await browser.newContext()).newPage();
  await others.goto(page.url());
  await seatOthers(others, page.url().split('/').at(-1) ?? '', NAMES.slice(1));
  await page.getByRole('button', { name: 'Start the game' }).click();
  while ((await nextPrompt(page)) !== 'scores') await step(page);
  const rows = page.getByRole('region', { name: /^Round 1/ }).locator('tbody th span');
  expect((await rows.allInnerTexts()).sort()).toEqual([...NAMES].sort());
  await shoot(page, 'strange-names');
  // The game continues.
  await step(page);
  expect(await nextPrompt(page)).not.toBe('scores');
  await others.context().close();
});

test('a replay with a strange name works to its end', async ({ page }) => {
  const token = await signUp(page, 'toString');
  await page.goto('/');
  const id = await quickGame(page, { token, isPublic: true, name: '__proto__' });
  await page.goto(`/replay/${id}`);
  await page.getByRole('button', { name: 'To the end' }).click();
  const rounds = page.getByRole('region', { name: 'Rounds' });
  await expect(rounds.getByRole('columnheader', { name: '__proto__' })).toBeVisible();
  await expect(rounds.getByRole('row', { name: /^End/ })).toHaveText(/^End(−?\d+){4}$/);
});
