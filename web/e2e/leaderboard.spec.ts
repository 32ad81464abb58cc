// A finished game of an account is counted, listed, and ranked.
import { expect } from '@playwright/test';
import { own, REFUSALS, signUp, WITH_OPERATOR } from './account';
import { step } from './player';
import { isAccessible, shoot, test } from './server';

test.use({ settings: WITH_OPERATOR, expected: REFUSALS });

test('a finished game is in statistics, list and leaderboard', async ({ page, request }) => {
  test.setTimeout(240_000);
  await signUp(page, 'Bea');
  await page.goto('/');
  await page.getByText('Options').click();
  await page.getByLabel('Bot speed').selectOption('instant');
  await page.getByLabel('Points to win').fill('10');
  await page.getByRole('button', { name: 'Create table' }).click();
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

test('the leaderboard can be paged through', async ({ page }) => {
  await page.route('**/leaderboard?*', async (route) => {
    const query = new URL(route.request().url()).searchParams;
    const [offset, limit] = [Number(query.get('offset')), Number(query.get('limit'))];
    const all = Array.from({ length: 23 }, (_, at) => ({
      rank: at + 1,
      rating: 1900 - at,
      ratingDeviation: 100,
      gamesPlayed: 9,
      gamesWon: 3,
      winRate: 0.3333,
      user: {
        id: `00000000-0000-7000-8000-0000000000${10 + at}`,
        username: `P_${at + 1}`,
        displayName: `Player ${at + 1}`,
        avatarUrl: null,
      },
    }));
    await route.fulfill({ json: { entries: all.slice(offset, offset + limit), total: all.length } });
  });
  await signUp(page, 'Eve');
  const leaderboard = page.getByRole('region', { name: 'Leaderboard' });
  await expect(leaderboard.getByRole('row')).toHaveCount(11);
  await leaderboard.getByRole('button', { name: 'Next' }).click();
  await leaderboard.getByRole('button', { name: 'Next' }).click();
  await expect(leaderboard.getByText('3 of 3')).toBeVisible();
  await expect(leaderboard.getByRole('row')).toHaveCount(4);
  await expect(leaderboard.getByRole('button', { name: 'Next' })).toBeDisabled();
  await leaderboard.getByRole('button', { name: 'Previous' }).click();
  await expect(leaderboard.getByRole('row', { name: /Player 11/ })).toBeVisible();
});
