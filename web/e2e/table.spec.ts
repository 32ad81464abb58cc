// The table on a phone, by keyboard, with reduced motion, for a newcomer, offline, and for two players.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, expect, type Page } from '@playwright/test';
import { nextPrompt, step } from './player';
import { isAccessible, skipTour, shoot, test } from './server';

const PHONE = { width: 360, height: 740 };

const hand = (page: Page) => page.getByRole('region', { name: 'Your hand', exact: true });
const pieces = (page: Page) => hand(page).getByRole('button', { name: /points/ });
const question = (page: Page) => page.getByRole('region', { name: 'How many piles will you win?' });

/** Creates a table; `target` is the number of points that ends the game. */
async function openTable(page: Page, { target = 50, pace = 'instant', seconds = 60 } = {}): Promise<void> {
  await page.goto('/');
  await page.getByText('Options').click();
  await page.getByLabel('Bot speed').selectOption(pace);
  await page.getByLabel('Points to win').fill(String(target));
  await page.getByLabel('Seconds per decision').fill(String(seconds));
  await page.getByRole('button', { name: 'Create table' }).click();
}

/** Expects that nothing is wider than the screen, and that all buttons are at least 44 × 44 px. */
async function fitsAThumb(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  const small = await page.evaluate(() =>
    // The layout size, because a piece that is moving to the hand is scaled down.
    [...document.querySelectorAll<HTMLElement>('main button, main a.button')].flatMap((element) => {
      const { offsetWidth: width, offsetHeight: height } = element;
      return width > 0 && (width < 44 || height < 44)
        ? [`${element.textContent || element.ariaLabel} ${width}×${height}`]
        : [];
    }),
  );
  expect(small).toEqual([]);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a whole round and the end fit a phone, ${colorScheme}`, async ({ page }) => {
    test.setTimeout(240_000);
    await page.setViewportSize(PHONE);
    await page.emulateMedia({ colorScheme });
    await openTable(page, { target: 10 });
    await expect(page.getByRole('button', { name: 'Start the game' })).toBeVisible();
    await shoot(page, `phone-${colorScheme}-waiting`);
    await fitsAThumb(page);
    await page.getByRole('button', { name: 'Start the game' }).click();
    const seen = new Set<string>();
    for (let over = false; !over;) {
      const now = await nextPrompt(page);
      if (!seen.has(now)) {
        seen.add(now);
        await fitsAThumb(page);
        await shoot(page, `phone-${colorScheme}-${now}`);
        if (now !== 'scores') await isAccessible(page);
      }
      over = await step(page);
    }
    expect([...seen]).toEqual(expect.arrayContaining(['declaration', 'turn', 'over']));
    await expect(page.getByText('✓ Fair deal verified')).toBeVisible();
    await page.getByText('Details').click();
    await expect(page.getByText(/^✓ Your hands as dealt: (\d+) of \1 /)).toBeVisible();
    await shoot(page, `phone-${colorScheme}-verified`);
  });
}

/** Counts the animations and records the longest duration. */
const watchMotion = (page: Page) =>
  page.addInitScript(() => {
    const seen = { count: 0, longest: 0 };
    Object.assign(window, { motion: seen });
    const animate = Element.prototype.animate;
    Element.prototype.animate = function (frames, options) {
      const { duration = 0, delay = 0 } = typeof options === 'object' ? options : { duration: options };
      seen.count += 1;
      seen.longest = Math.max(seen.longest, Number(duration) + Number(delay));
      return animate.call(this, frames, options);
    };
  });
const motion = (page: Page) =>
  page.evaluate(() => (window as unknown as { motion: { count: number; longest: number } }).motion);

test('animations of deals, plays and wins take at most 400 ms', async ({ page }) => {
  await watchMotion(page);
  await openTable(page);
  await page.getByRole('button', { name: 'Start the game' }).click();
  while ((await pieces(page).count()) > 6 || (await nextPrompt(page)) === 'declaration') await step(page);
  const { count, longest } = await motion(page);
  expect(count).toBeGreaterThan(8 + 4);
  expect(longest).toBeLessThanOrEqual(400);
});

test('reduced motion turns all animations off', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await watchMotion(page);
  await openTable(page);
  await page.getByRole('button', { name: 'Start the game' }).click();
  while ((await pieces(page).count()) > 6 || (await nextPrompt(page)) === 'declaration') await step(page);
  expect((await motion(page)).count).toBe(0);
  expect(await page.evaluate(() => document.querySelector('main')?.getAnimations({ subtree: true }).length)).toBe(0);
});

test('a round can be played by keyboard alone', async ({ page }) => {
  await openTable(page);
  await page.getByRole('button', { name: 'Start the game' }).press('Enter');
  let turns = 0;
  while (turns < 3) {
    const now = await nextPrompt(page);
    if (now === 'declaration') {
      await expect(question(page).locator(':focus')).toHaveAccessibleName(/^Declare \d/);
      await page.keyboard.press(((await question(page).locator(':focus').textContent()) ?? '').trim());
      await expect(question(page)).toBeHidden();
    } else if (now === 'turn') {
      await expect(pieces(page).and(page.locator(':focus'))).toHaveCount(1);
      await playByKeys(page);
      turns += 1;
    } else if (await step(page)) break;
  }
  expect(turns).toBe(3);
});

async function playByKeys(page: Page): Promise<void> {
  const count = await pieces(page).count();
  const play = hand(page).getByRole('button', { name: 'Play', exact: true });
  await page.keyboard.press('End');
  for (let at = 0; at < count && (await play.isDisabled()); at += 1) {
    await page.keyboard.press(' ');
    await expect(page.locator(':focus')).toHaveAccessibleName(/^(Red|Black) \w+, \d+ points, selected$/);
    if (await play.isDisabled()) await page.keyboard.press('ArrowLeft');
  }
  await page.keyboard.press('Enter');
  await expect(pieces(page)).not.toHaveCount(count);
}

test('a newcomer gets the tour step by step, and only once', { tag: '@newcomer' }, async ({ page }) => {
  await page.setViewportSize(PHONE);
  await openTable(page);
  await page.getByRole('button', { name: 'Start the game' }).click();
  const card = page.getByRole('dialog');
  await expect(card).toContainText('Your hand');
  await shoot(page, 'tour-hand');
  await isAccessible(page);
  await card.getByRole('button', { name: 'Got it' }).press('Enter');
  while ((await nextPrompt(page)) === 'redeal') await step(page);
  await expect(card).toContainText('Declare your piles');
  await shoot(page, 'tour-declare');
  // The card blocks nothing: the question can be answered while it is shown.
  await step(page);
  await expect(card).not.toContainText('Declare your piles');
  while ((await nextPrompt(page)) !== 'turn') await step(page);
  await expect(card).toBeVisible();
  await shoot(page, 'tour-turn');
  await card.getByRole('button', { name: 'Skip the tour' }).click();
  await expect(card).toBeHidden();
  await page.reload();
  await expect(hand(page)).toBeVisible();
  await expect(card).toBeHidden();
});

/** Another browser, in which Bob joins the table of `page`. */
async function withBob(page: Page, browser: Browser): Promise<Page> {
  await expect(page).toHaveURL(/room/);
  const other = await (await browser.newContext()).newPage();
  await skipTour(other);
  await other.goto(page.url());
  await other.getByLabel('Your name').fill('Bob');
  await other.getByRole('button', { name: 'Join' }).click();
  await expect(page.getByText('Bob', { exact: true }).first()).toBeVisible();
  return other;
}

test('offline the seat is kept, and the return lists what happened', async ({ page, context, browser, complaints }) => {
  await page.goto('/');
  await page.getByLabel('Your name').fill('Ann');
  await openTable(page, { pace: 'normal', seconds: 1 });
  const other = await withBob(page, browser);
  await page.getByRole('button', { name: 'Start the game' }).click();
  // With one second per decision, the first piece may already be played.
  await expect(pieces(page).first()).toBeVisible();
  await context.setOffline(true);
  await expect(page.getByText('You are offline.')).toBeVisible();
  await expect(page.getByRole('img', { name: /Connection lost/ })).toBeVisible();
  await shoot(page, 'offline');
  // The server continues without Ann, as Bob sees.
  await other
    .getByRole('log')
    .getByText(/^Ann ran out of time/)
    .first()
    .waitFor({ state: 'attached', timeout: 30_000 });
  await context.setOffline(false);
  await expect(page.getByRole('img', { name: /connection, \d+ ms/ })).toBeVisible({ timeout: 20_000 });
  const away = page.getByRole('region', { name: 'While you were away' });
  await away.getByText('While you were away').click();
  await expect(away.getByText('Ann ran out of time.').first()).toBeVisible();
  await shoot(page, 'away');
  await isAccessible(page);
  await away.getByRole('button', { name: 'Got it' }).click();
  await expect(away).toBeHidden();
  const last = await page.getByRole('log').last().textContent();
  await expect(page.getByRole('log').last()).not.toHaveText(last ?? '', { timeout: 20_000 });
  await other.context().close();
  // Chromium logs an error for each failed connection.
  complaints.splice(0);
});

test('two people play at one table and see each other’s plays', async ({ page, browser }) => {
  await page.goto('/');
  await page.getByLabel('Your name').fill('Ann');
  await openTable(page);
  const other = await withBob(page, browser);
  await page.getByRole('button', { name: 'Start the game' }).click();
  await expect(pieces(page)).toHaveCount(8);
  await expect(pieces(other)).toHaveCount(8);
  const both = await Promise.all(
    [page, other].map((one) =>
      pieces(one).evaluateAll((all) => all.map((piece) => (piece as HTMLElement).dataset['piece'])),
    ),
  );
  expect(new Set(both.flat()).size).toBe(16);
  const seen = other
    .getByRole('log')
    .getByText(/^Ann plays/)
    .first()
    .waitFor({ state: 'attached', timeout: 60_000 });
  await Promise.all([untilPlayed(page), untilPlayed(other), seen]);
  await shoot(other, 'two-at-a-table');
  await other.context().close();
});

/** Plays until this player has played one turn. */
async function untilPlayed(page: Page): Promise<void> {
  for (let played = false; !played;) {
    played = (await nextPrompt(page)) === 'turn';
    await step(page);
  }
}

test('guests and accounts get hints for their decisions', async ({ page, request }) => {
  await openTable(page);
  await page.getByRole('button', { name: 'Start the game' }).click();
  await isHinted(page);
  const made = await request.post('/auth/register', { data: { username: 'hinted', password: 'a long enough one' } });
  expect(made.ok(), await made.text()).toBe(true);
  const { token, refreshToken } = (await made.json()) as { token: string; refreshToken: string };
  await page.evaluate(
    (tokens) => {
      sessionStorage.clear();
      localStorage.removeItem('liap.seats');
      localStorage.setItem('liap.tokens', JSON.stringify(tokens));
    },
    { token, refreshToken },
  );
  await openTable(page);
  await page.getByRole('button', { name: 'Start the game' }).click();
  await isHinted(page);
});

async function isHinted(page: Page): Promise<void> {
  while ((await nextPrompt(page)) !== 'declaration') await step(page);
  await page.getByRole('button', { name: 'Hint' }).click();
  await expect(page.getByText(/^A hard bot would declare \d\.$/)).toBeVisible();
  await shoot(page, 'hint');
  while ((await nextPrompt(page)) !== 'turn') await step(page);
  await page.getByRole('button', { name: 'Hint' }).click();
  await expect(page.getByText(/^A hard bot would play /)).toBeVisible();
  await expect(hand(page).getByRole('button', { name: 'Play', exact: true })).toBeEnabled();
  await shoot(page, 'hint-play');
}

test('a round’s scores are shown in full on wide and narrow screens', async ({ page }) => {
  const lines = readFileSync(join(import.meta.dirname, '../test/recorded/practice.jsonl'), 'utf8')
    .trim()
    .split('\n');
  const until = lines.findIndex(
    (line) => line.includes('"phase":"SCORING"') && line.includes('"captured":2') && line.includes('"round_number":2'),
  );
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.routeWebSocket(/\/ws\/lobby/, (socket) => lines.slice(0, until + 1).forEach((line) => socket.send(line)));
  const { room_id } = JSON.parse(lines[until] ?? '') as { room_id: string };
  await page.goto(`/room/${room_id}`);
  const scores = page.getByRole('region', { name: /^Round 2/ });
  for (const name of ['Player', 'Declared', 'Won', 'Points', 'Bonus', 'Round', 'Total'])
    await expect(scores.getByRole('columnheader', { name, exact: true })).toBeVisible();
  await expect(scores.getByRole('row', { name: /^Ann/ })).toHaveText(/Annexact227\+5\+74/);
  await shoot(page, 'scores-wide');
  await isAccessible(page);
  await page.setViewportSize(PHONE);
  await shoot(page, 'scores-phone');
  await isAccessible(page);
  await fitsAThumb(page);
});
