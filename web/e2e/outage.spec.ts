// After a click during an outage, even one that the page has not noticed yet, everything works again.
import { expect, type Page } from '@playwright/test';
import { nextPrompt, step } from './player';
import { networkTo, type Network } from './network';
import { shoot, test as plain } from './server';

const test = plain.extend<{ network: Network }>({
  network: async ({ server }, use) => {
    const network = await networkTo(server.url);
    await use(network);
    await network.stop();
  },
  baseURL: async ({ network }, use) => use(network.url),
});
// Chromium logs an error for each failed connection.
test.use({ expected: /WebSocket connection|Failed to load resource|ERR_/ });

const hand = (page: Page) => page.getByRole('region', { name: 'Your hand', exact: true });
const pieces = (page: Page) => hand(page).getByRole('button', { name: /points/ });
const declaring = (page: Page) => page.getByRole('region', { name: 'How many piles will you win?' });
const isBack = (page: Page) =>
  expect(page.getByRole('img', { name: /connection, \d+ ms/ })).toBeVisible({ timeout: 30_000 });

async function until(page: Page, wanted: 'declaration' | 'turn'): Promise<void> {
  while ((await nextPrompt(page)) !== wanted) await step(page);
}

/** Selects pieces until they can be played; returns the number of pieces in the hand. */
async function choose(page: Page): Promise<number> {
  const count = await pieces(page).count();
  const play = hand(page).getByRole('button', { name: 'Play', exact: true });
  for (let at = count - 1; at >= 0 && (await play.isDisabled()); at -= 1) await pieces(page).nth(at).click();
  return count;
}

/** Kinds of outages: what happens before the click, and after it. */
const OUTAGES: Record<
  string,
  { before: (network: Network, page: Page) => unknown; after: (network: Network, page: Page) => unknown }
> = {
  'lost request': {
    before: (network) => network.swallow('all'),
    after: (network) => network.cut(),
  },
  'lost answer': {
    before: (network) => network.swallow('answers'),
    after: (network) => network.cut(),
  },
  'connection lost, no banner yet': {
    before: async (network, page) => {
      network.cut();
      await expect(page.getByRole('img', { name: /Connection lost/ })).toBeAttached();
    },
    after: () => null,
  },
  'banner shown': {
    before: async (network, page) => {
      network.cut();
      await expect(page.getByText('The server can’t be reached.')).toBeVisible();
    },
    after: () => null,
  },
  'browser briefly offline': {
    before: async (network, page) => {
      await page.context().setOffline(true);
      network.cut();
    },
    after: (_, page) => page.context().setOffline(false),
  },
};

for (const [name, { before, after }] of Object.entries(OUTAGES)) {
  test(`${name}: Declare, Play and Send work again`, async ({ page, network }) => {
    test.setTimeout(180_000);
    await page.goto('/');
    await page.getByRole('button', { name: 'Deal me in' }).click();
    await until(page, 'declaration');
    await before(network, page);
    await page
      .getByRole('button', { name: /^Declare \d/ })
      .and(page.locator(':enabled'))
      .first()
      .click();
    await after(network, page);
    network.mend();
    await expect(declaring(page)).toBeHidden({ timeout: 30_000 });
    await isBack(page);

    await until(page, 'turn');
    const count = await choose(page);
    await before(network, page);
    await hand(page).getByRole('button', { name: 'Play', exact: true }).click();
    if (name === 'banner shown') await shoot(page, 'outage-click');
    await after(network, page);
    network.mend();
    await expect(pieces(page)).not.toHaveCount(count, { timeout: 30_000 });
    await isBack(page);

    const field = page.getByLabel('Message to the table');
    await field.fill('still here');
    await before(network, page);
    await page.getByRole('button', { name: 'Send' }).click();
    await after(network, page);
    network.mend();
    const message = page.getByRole('complementary', { name: 'Chat' }).getByText('still here');
    await expect(message).toBeVisible({ timeout: 30_000 });
    await expect(field).toHaveValue('');
    await isBack(page);
    await expect(message).toHaveCount(1);
    await until(page, 'turn');
    await step(page);
  });
}

test('a table can be created and started despite outages', async ({ page, network }) => {
  await page.goto('/');
  const create = page.getByRole('button', { name: 'Create table' });
  await expect(create).toBeEnabled();
  network.swallow('all');
  await create.click();
  network.cut();
  await expect(page.getByText('The connection was lost before the server answered. Try again.')).toBeVisible();
  await shoot(page, 'outage-create');
  network.mend();
  await expect(create).toBeEnabled({ timeout: 30_000 });
  await create.click();
  const start = page.getByRole('button', { name: 'Start the game' });
  await expect(start).toBeVisible();
  network.swallow('all');
  await start.click();
  network.cut();
  network.mend();
  await expect(pieces(page)).toHaveCount(8, { timeout: 30_000 });
});

test('a practice game lost in an outage can be requested again', async ({ page, network }) => {
  await page.goto('/');
  const deal = page.getByRole('button', { name: 'Deal me in' });
  await expect(deal).toBeEnabled();
  network.swallow('all');
  await deal.click();
  await expect(deal).toBeDisabled();
  network.cut();
  network.mend();
  await expect(deal).toBeEnabled({ timeout: 30_000 });
  await deal.click();
  await expect(pieces(page)).toHaveCount(8);
});

test('in a long outage a click is refused, and Play can be pressed again', async ({ page, network }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Deal me in' }).click();
  await until(page, 'turn');
  await choose(page);
  network.cut();
  const play = hand(page).getByRole('button', { name: 'Play', exact: true });
  await play.click();
  await expect(play).toBeDisabled();
  await expect(page.getByText('There is no connection, so this was not sent. Try again.')).toBeVisible({
    timeout: 60_000,
  });
  await expect(play).toBeEnabled();
  await shoot(page, 'outage-refused');
  // Before the network is back, since the page also retries by itself and removes the button once connected.
  const refused = network.refused();
  await page.getByRole('button', { name: 'Try now' }).click();
  await expect.poll(network.refused).toBeGreaterThan(refused);
  network.mend();
  await isBack(page);
  // A bot may have played for the player meanwhile.
  await until(page, 'turn');
  await step(page);
});

// HTTP requests have a time limit, too.
test('a hint that is never answered can be requested again', async ({ page, network }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Deal me in' }).click();
  await until(page, 'declaration');
  const hint = page.getByRole('button', { name: 'Hint' });
  await page.route('**/ai/action', () => new Promise(() => {}), { times: 1 });
  await hint.click();
  await expect(hint).toBeDisabled();
  await expect(page.getByText('You are offline, so there are no hints.')).toBeVisible({ timeout: 60_000 });
  await hint.click();
  await expect(page.getByText(/^A hard bot would declare \d\.$/)).toBeVisible();
  expect(network.url).toBeTruthy();
});
