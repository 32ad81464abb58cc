// Replays of finished games, and why some viewers are refused.
import { expect, test as plain } from '@playwright/test';
import { quickGame, signUp } from './quick_game';
import { isAccessible, shoot, start, test } from './server';

test('a replay can be stepped through, played, and searched by slider', async ({ page }) => {
  const token = await signUp(page, 'Replay_Ann');
  await page.goto('/');
  const room = await quickGame(page, { token });
  await page.goto(`/replay/${room}`);
  await expect(page.getByRole('heading', { name: `Replay of ${room}` })).toBeVisible();
  const hands = page.getByRole('img', { name: /^Hand of/ });
  await expect(hands).toHaveCount(4);
  await expect(hands.first().locator('svg')).toHaveCount(8);
  const playback = page.getByRole('region', { name: 'Playback' });
  const slider = page.getByRole('slider', { name: 'Position in the game' });
  await page.keyboard.press('ArrowRight');
  await expect(slider).toHaveValue('1');
  await page.keyboard.press('ArrowLeft');
  await expect(slider).toHaveValue('0');
  // Key presses count even if they come faster than the screen is rendered.
  await page.evaluate(async () => {
    for (const key of ['ArrowRight', 'ArrowRight']) {
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
      for (let at = 0; at < 5; at += 1) await Promise.resolve();
    }
  });
  await expect(slider).toHaveValue('2');
  await page.keyboard.press('Home');
  await expect(slider).toHaveValue('0');
  await page.getByRole('button', { name: 'Step forward' }).click();
  await expect(slider).toHaveValue('1');
  await page.getByLabel('Speed').selectOption('4');
  await page.getByRole('heading', { name: 'Rounds' }).click();
  await page.keyboard.press('Space');
  await expect.poll(async () => Number(await slider.inputValue())).toBeGreaterThan(6);
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
  // During playback a text disappears soon; step by step it stays.
  const won = playback.getByText(/wins \d pile/);
  for (let at = Number(await slider.inputValue()); !(await won.isVisible());) {
    await page.keyboard.press('ArrowRight');
    at += 1;
    await expect(slider).toHaveValue(String(at));
  }
  await shoot(page, 'replay');
  await isAccessible(page);
  await page.keyboard.press('End');
  await expect(playback.getByText(/is scored/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Step forward' })).toBeDisabled();
  await page.getByRole('button', { name: /^Go to round 1\b/ }).click();
  await expect(playback.getByText('Round 1: the pieces are dealt.')).toBeVisible();
  await slider.fill('20');
  await expect(page.getByText('21 / ')).toBeVisible();
  await page.setViewportSize({ width: 360, height: 740 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await shoot(page, 'replay-phone');
  await isAccessible(page);
});

plain('replays of others need an account, and private ones are refused', async ({ page, browser }) => {
  const server = await start();
  await page.goto(server.url);
  const [listed, hidden] = [await quickGame(page, { isPublic: true }), await quickGame(page)];
  await page.goto(`${server.url}/replay/${listed}`);
  await expect(page.getByRole('heading', { name: 'Log in to watch this replay' })).toBeVisible();
  await shoot(page, 'replay-refused');
  await isAccessible(page);
  const other = await (await browser.newContext({ baseURL: server.url })).newPage();
  await signUp(other, 'Replay_Bob');
  await other.goto(`/replay/${hidden}`);
  await expect(other.getByRole('heading', { name: 'A private game' })).toBeVisible();
  await other.goto('/replay/ZZZZ2345');
  await expect(other.getByRole('heading', { name: 'Game not found' })).toBeVisible();
  await other.goto(`/replay/${listed}`);
  await expect(other.getByRole('heading', { name: `Replay of ${listed}` })).toBeVisible();
  await server.stop();
});
