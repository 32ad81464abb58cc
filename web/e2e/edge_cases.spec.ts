// Edge cases: double clicks, a seat that was given up, a server for accounts only, and very long names.
import { expect, type Page } from '@playwright/test';
import { nextPrompt, step } from './player';
import { isAccessible, skipTour, shoot, start, test } from './server';

const alerts = (page: Page) => page.locator('.notice.error');
const SIZES = [
  ['wide', 1280, 800],
  ['phone', 390, 844],
] as const;

test('double clicks create and start a table once, without an error', async ({ page }) => {
  const asked: string[] = [];
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => asked.push((JSON.parse(String(payload)) as { event: string }).event)),
  );
  await page.goto('/');
  await page.getByRole('button', { name: 'Create table' }).dblclick();
  const begin = page.getByRole('button', { name: 'Start the game' });
  await expect(begin).toBeVisible();
  // The second click of a slow double click, when the screen has already changed.
  const { x, y, width, height } = (await begin.boundingBox())!;
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down({ clickCount: 2 });
  await page.mouse.up({ clickCount: 2 });
  await expect(begin).toBeVisible();
  expect(asked).not.toContain('start_game');
  await begin.dblclick();
  await expect(page.getByRole('region', { name: 'Table', exact: true })).toBeVisible();
  await nextPrompt(page);
  await expect(alerts(page)).toHaveCount(0);
  expect(asked.filter((event) => event === 'create_room' || event === 'start_game')).toEqual([
    'create_room',
    'start_game',
  ]);
});

test('a given-up seat says so, and asks for no session token', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Deal me in' }).click();
  await expect(page).toHaveURL(/room/);
  const table = page.url();
  await nextPrompt(page);
  await page.getByRole('button', { name: 'Leave', exact: true }).click();
  await page.getByRole('button', { name: 'Stay' }).waitFor();
  await page.getByRole('button', { name: 'Leave', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Play now against bots' })).toBeVisible();
  await page.goto(table);
  await expect(page.getByRole('heading', { name: 'You left this table' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Back to lobby' })).toBeVisible();
  // In another browser, a player of the same name is told what they can do.
  await page.evaluate(() => localStorage.removeItem('liap.given_up'));
  await page.reload();
  await page.getByRole('button', { name: 'Join' }).click();
  await expect(alerts(page)).toHaveText(/Choose another|has already started/);
  await expect(page.getByText('session token')).toHaveCount(0);
});

test('a name of 50 wide letters fits lobby, table, chat and scores', async ({ page, browser }) => {
  test.setTimeout(180_000);
  const name = 'W'.repeat(50);
  await page.goto('/');
  await page.getByLabel('Your name').fill(name);
  await page.getByText('Options').click();
  await page.getByLabel('Bot speed').selectOption('instant');
  await page.getByLabel('Points to win').fill('10');
  await page.getByRole('button', { name: 'Create table' }).click();
  const fits = async (where: string, screen: Page) => {
    for (const [size, width, height] of SIZES) {
      await screen.setViewportSize({ width, height });
      if (size === 'phone') await screen.getByRole('button', { name: /^Chat/ }).click();
      await shoot(screen, `long-name-${where}-${size}`);
      expect(await screen.evaluate(tooWide), `${where}, ${size}`).toEqual([]);
      if (size === 'phone') await screen.getByRole('button', { name: 'Close the chat' }).click();
    }
    await screen.setViewportSize({ width: 1280, height: 800 });
  };
  await page.getByRole('button', { name: 'Start the game' }).waitFor();
  const ann = await (await browser.newContext()).newPage();
  await skipTour(ann);
  await ann.goto(page.url());
  await ann.getByLabel('Your name').fill('Ann');
  await ann.getByRole('button', { name: 'Join' }).click();
  await ann.getByRole('button', { name: 'Leave' }).waitFor();
  await sendChat(page, 'W'.repeat(80));
  await expect(ann.locator('.said').getByText('W'.repeat(80))).toBeAttached();
  await fits('waiting', page);
  await fits('waiting-other', ann);
  await page.getByRole('button', { name: 'Start the game' }).click();
  await ann.getByRole('region', { name: 'Table', exact: true }).waitFor();
  await fits('table-other', ann);
  await ann.context().close();
  const seen = new Set<string>();
  for (let over = false; !over;) {
    const now = await nextPrompt(page);
    if (!seen.has(now)) {
      seen.add(now);
      await fits(now, page);
    }
    over = await step(page);
  }
});

async function sendChat(page: Page, text: string): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByLabel('Message to the table').fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.locator('.said .mine')).toBeVisible();
}

/** The elements that overflow the screen, or the card, seat or panel that they belong to. */
function tooWide(): string[] {
  const out = [
    ...document.querySelectorAll<HTMLElement>(
      '.seat, .chat, .card, .question, .word, .notice, .banner, .top-line, .people li, .said p, .said .by',
    ),
  ].flatMap((box) => {
    if (box.offsetParent === null && getComputedStyle(box).position !== 'fixed') return [];
    const { left, right } = box.getBoundingClientRect();
    const sticksOut =
      left < -1 ||
      right > innerWidth + 1 ||
      (box.scrollWidth > box.clientWidth + 1 && getComputedStyle(box).overflowX === 'visible' && box.clientWidth > 0);
    const place = `${Math.round(left)} to ${Math.round(right)}, ${box.scrollWidth} in ${box.clientWidth}`;
    return sticksOut ? [`${box.className || box.tagName}: ${place}`] : [];
  });
  return document.documentElement.scrollWidth > innerWidth
    ? [...out, `page ${document.documentElement.scrollWidth}`]
    : out;
}

test('a server for accounts only offers guests to log in or sign up', async ({ page }) => {
  const server = await start({ ALLOW_GUESTS: 'false' });
  await page.goto(server.url);
  await expect(page.getByRole('heading', { name: 'Log in to play' })).toBeVisible();
  for (const [size, width, height] of SIZES) {
    await page.setViewportSize({ width, height });
    await shoot(page, `no-guests-${size}`);
  }
  await isAccessible(page);
  for (const name of ['Deal me in', 'Create table', 'Join'])
    await expect(page.getByRole('button', { name, exact: true })).toHaveCount(0);
  await page.goto(`${server.url}/room/ABCD2345`);
  await page.getByRole('link', { name: 'Log in or sign up' }).click();
  await page.getByRole('button', { name: 'I am new' }).click();
  await page.getByLabel('Username').fill('newcomer');
  await page.getByLabel('Password').fill('a long enough one');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('link', { name: 'Lobby' }).click();
  await page.getByRole('button', { name: 'Deal me in' }).click();
  await nextPrompt(page);
  await server.stop();
});
