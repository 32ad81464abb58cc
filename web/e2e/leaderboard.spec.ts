// A game to its end under an account: it is counted, listed, and has its place.
import { expect } from '@playwright/test';
import { own, REFUSALS, signUp, WITH_OPERATOR } from './account';
import { step } from './player';
import { isAccessible, shoot, test } from './server';

test.use({ settings: WITH_OPERATOR, expected: REFUSALS });

test('a finished game is in the statistics, in the list, and on the leaderboard', async ({ page, request }) => {
  test.setTimeout(240_000);
  await signUp(page, 'Bea');
  await page.goto('/');
  await page.getByText('Options').click();
  await page.getByLabel('Bots’ pace').selectOption('instant');
  await page.getByLabel('Points to win').fill('10');
  await page.getByRole('button', { name: 'Open the table' }).click();
  await page.getByRole('button', { name: 'Start the game' }).click();
  for (let steps = 0; !(await step(page)); steps += 1) expect(steps).toBeLessThan(400);
  const room = new URL(page.url()).pathname.split('/').pop();
  await page.getByRole('link', { name: 'Your profile, Bea' }).click();
  await expect(page.getByRole('link', { name: /^Replay of/ })).toHaveAttribute('href', `/replay/${room}`);
  const leaderboard = page.getByRole('region', { name: 'Leaderboard' });
  await expect(leaderboard.getByRole('row', { name: /Bea/ })).toContainText('of 1');
  await shoot(page, 'profile-after-a-game', true);
  await isAccessible(page);
  await leaderboard.getByRole('link', { name: 'Bea' }).click();
  const { id } = await own(request, 'Bea');
  await expect(page).toHaveURL(new RegExp(`/user/${id}$`));
  await expect(page.getByRole('region', { name: 'Statistics' })).toContainText('Games');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Bea', level: 1 })).toBeVisible();
});
