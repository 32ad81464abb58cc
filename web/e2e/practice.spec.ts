// A newcomer gets to a table with bots in one click, and plays a whole game by clicks.
import { expect } from '@playwright/test';
import { nextPrompt, step } from './player';
import { isAccessible, shoot, test } from './server';

test('a newcomer sits at a table with three bots after one click', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Deal me in' }).click();
  await expect(
    page.getByRole('region', { name: 'Your hand', exact: true }).getByRole('button', { name: /points$/ }),
  ).toHaveCount(8);
  await expect(page).toHaveURL(/\/room\/[A-Z2-9]{8}$/);
});

test('a whole game is played by clicks', async ({ page }) => {
  test.setTimeout(240_000);
  await page.goto('/');
  await page.getByText('Options').click();
  await page.getByLabel('Bot speed').selectOption('instant');
  await page.getByLabel('Points to win').fill('10');
  await page.getByRole('button', { name: 'Create table' }).click();
  await page.getByRole('button', { name: 'Start the game' }).click();
  await shoot(page, 'table');
  for (let steps = 0; !(await step(page)); steps += 1) expect(steps).toBeLessThan(400);
  await expect(page.getByText('✓ Fair deal verified')).toBeVisible();
  await shoot(page, 'game-over');
  // Without an account: the seat's token opens the replay, even after the player has left.
  const replay = page.getByRole('heading', { name: /^Replay of [A-Z2-9]{8}$/ });
  await page.getByRole('link', { name: 'Replay' }).click();
  await expect(replay).toBeVisible();
  await page.goBack();
  await page.getByRole('button', { name: 'Back to lobby' }).click();
  await expect(page.getByRole('heading', { name: 'Play now against bots' })).toBeVisible();
  await page.goto('/me');
  await shoot(page, 'guest-games', true);
  await isAccessible(page);
  await page.getByRole('link', { name: /^Replay of / }).click();
  await expect(replay).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`lobby and table have no serious accessibility fault, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto('/');
    // Tables of other tests may still be in the list.
    await expect(page.getByRole('heading', { name: /^Open tables \d+$/ })).toBeVisible();
    await shoot(page, `lobby-${colorScheme}`);
    await isAccessible(page);
    await page.getByRole('button', { name: 'Deal me in' }).click();
    await expect(page.getByRole('region', { name: 'Your hand', exact: true })).toBeVisible();
    await nextPrompt(page);
    await shoot(page, `table-${colorScheme}`);
    await isAccessible(page);
  });
}

test('a reload in the middle of the game changes nothing', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Deal me in' }).click();
  const pieces = page.getByRole('region', { name: 'Your hand', exact: true }).getByRole('button', { name: /points$/ });
  await expect(pieces).toHaveCount(8);
  const before = await pieces.evaluateAll((all) => all.map((piece) => piece.getAttribute('aria-label')));
  await page.reload();
  await expect(pieces).toHaveCount(8);
  expect(await pieces.evaluateAll((all) => all.map((piece) => piece.getAttribute('aria-label')))).toEqual(before);
});
