// A round's scores can be read at every bot speed, although the server continues at once.
import { expect, type Page } from '@playwright/test';
import { nextPrompt, step } from './player';
import { seatOthers } from './quick_game';
import { isAccessible, shoot, test } from './server';

async function openTable(page: Page, pace: string): Promise<void> {
  await page.goto('/');
  await page.getByLabel('Your name').fill('Ann');
  await page.getByText('Options').click();
  await page.getByLabel('Bot speed').selectOption(pace);
  await page.getByLabel('Seconds per decision').fill('600');
  await page.getByRole('button', { name: 'Create table' }).click();
  await expect(page).toHaveURL(/room/);
}

async function playToScores(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Start the game' }).click();
  while ((await nextPrompt(page)) !== 'scores') await step(page);
}

const scores = (page: Page) => page.getByRole('region', { name: 'Round 1' });

for (const pace of ['fast', 'instant']) {
  test(`if only bots wait, the scores stay until they are closed, ${pace}`, async ({ page }) => {
    test.setTimeout(180_000);
    await openTable(page, pace);
    await playToScores(page);
    // The next round has started, and the page shows that the player is asked.
    await expect(page.locator('.top-line').getByText('Round 2', { exact: true })).toBeVisible();
    await expect(scores(page).getByText(/^(Your turn to declare|You may ask for a redeal): \d+ s left$/)).toBeVisible();
    await expect(page.getByRole('region', { name: /^You, Ann/ }).getByRole('timer')).toBeVisible();
    await expect(scores(page).locator('tbody tr')).toHaveCount(4);
    await expect(page.getByRole('button', { name: 'Continue' })).toBeFocused();
    await isAccessible(page);
    for (const [name, width, height] of [
      ['wide', 1280, 800],
      ['phone', 390, 844],
    ] as const) {
      await page.setViewportSize({ width, height });
      await shoot(page, `score-sheet-${name}`);
    }
    await page.keyboard.press('Enter');
    await expect(scores(page)).toBeHidden();
    expect(['declaration', 'redeal']).toContain(await nextPrompt(page));
  });
}

test('if people wait, the scores close by themselves', async ({ page, browser }) => {
  test.setTimeout(180_000);
  await openTable(page, 'instant');
  const others = await (await browser.newContext()).newPage();
  await others.goto(page.url());
  await seatOthers(others, page.url().split('/').at(-1) ?? '', ['Bob']);
  await playToScores(page);
  await expect(page.locator('.top-line').getByText('Round 2', { exact: true })).toBeVisible();
  await expect(scores(page)).toBeVisible();
  await expect(scores(page)).toBeHidden();
  expect(['declaration', 'redeal']).toContain(await nextPrompt(page));
  await others.context().close();
});
