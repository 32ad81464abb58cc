// A player who ran out of time sees that a bot plays for them, and takes over again.
import { expect } from '@playwright/test';
import { isAccessible, shoot, test } from './server';

test('a player who was replaced by a bot sees it, and takes over again', async ({ page }) => {
  test.setTimeout(180_000);
  await page.goto('/');
  await page.getByLabel('Your name').fill('Ann');
  await page.getByText('Options').click();
  await page.getByLabel('Seconds per decision').fill('3');
  await page.getByRole('button', { name: 'Create table' }).click();
  await page.getByRole('button', { name: 'Start the game' }).click();
  const timedOut = page.locator('.notice').getByText('Your time ran out, so the server decided for you.');
  await expect(timedOut.first()).toBeVisible({ timeout: 60_000 });
  const bar = page.getByText('A bot plays for you');
  await expect(bar).toBeVisible({ timeout: 120_000 });
  await expect(page.getByRole('region', { name: /^You, Ann/ })).toContainText('bot plays');
  await isAccessible(page);
  for (const [name, width, height] of [
    ['wide', 1280, 800],
    ['phone', 390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    await shoot(page, `stand-in-${name}`);
  }
  await expect(timedOut).toHaveCount(0, { timeout: 30_000 });
  await page.getByRole('button', { name: 'Take over' }).click();
  await expect(bar).toBeHidden();
  await expect(page.getByRole('region', { name: /^You, Ann/ })).not.toContainText('bot plays');
  // The server waits for the player again, until the next time-out.
  await expect(timedOut.first()).toBeVisible({ timeout: 60_000 });
});
