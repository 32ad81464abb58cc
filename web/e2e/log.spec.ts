// The live log: messages that services post appear at once, and can be filtered, searched and read back to the start.
import { expect, type Page, test } from '@playwright/test';
import { isAccessible, shoot, type Server, start } from './server';

const KEY = 'a-key-of-some-signs';
let server: Server;
test.beforeAll(async () => {
  server = await start({ LIVE_LOG_API_KEYS: KEY, LIVE_LOG_COMMANDS_PER_MINUTE: '40' });
});
test.afterAll(() => server.stop());

async function post(page: Page, message: object, at = server): Promise<void> {
  const answer = await page.request.post(`${at.url}/api/v1/live-log/messages`, {
    headers: { 'X-API-Key': KEY },
    data: message,
  });
  if (!answer.ok()) throw new Error(await answer.text());
}

const userMessage = (content: string) => ({
  type: 'user',
  user_id: 'u1',
  username: 'Ann',
  content,
  metadata: { channel: 'lobby' },
});
const MESSAGES = [
  userMessage('good luck to everybody'),
  { type: 'system', event: 'user_leveled_up', severity: 'info', data: { user_id: 'u1', username: 'Ann' } },
  {
    type: 'party',
    party_id: 'ABCD2345',
    leader_id: 'u1',
    leader_name: 'Ann',
    member_count: 2,
    event: 'member_joined',
    event_data: { member_id: 'u2', member_name: 'Bob' },
  },
  {
    type: 'raid',
    raid_id: 'ABCD2345',
    raid_name: 'Ann’s practice game',
    boss_name: 'Robo',
    difficulty: 'expert',
    participants: [{ user_id: 'u1', username: 'Ann', role: 'leader', class: 'human' }],
    status: 'in_progress',
    health_percentage: 40,
    duration_seconds: 60,
  },
  {
    type: 'guild',
    guild_id: 'g1',
    guild_name: 'Jade Dragons',
    guild_level: 3,
    event: 'war_declared',
    event_data: { territory: 'River' },
  },
];
const entry = (page: Page, text: string | RegExp) => page.getByRole('listitem').filter({ hasText: text });

for (const [colorScheme, width] of [
  ['light', 1440],
  ['dark', 360],
] as const) {
  test(`messages appear at once, are filtered, held and found, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });
    await page.goto(server.url);
    await page.getByRole('link', { name: 'Log', exact: true }).click();
    await expect(page.getByText('Live', { exact: true })).toBeVisible();
    await expect(page.getByText(/Start of the log|No messages yet/)).toBeVisible();
    for (const message of MESSAGES) await post(page, message);
    await expect(entry(page, /Jade Dragons\s+is at war/).first()).toBeVisible();
    await shoot(page, `log-${colorScheme}`);
    await isAccessible(page);
    await page.getByText('Raid', { exact: true }).first().click();
    await expect(entry(page, /Ann’s practice game\s+is in progress/).first()).toBeVisible();
    await expect(entry(page, 'Jade Dragons')).toHaveCount(0);
    await page.getByText('All', { exact: true }).click();
    await page.getByRole('button', { name: 'Pause' }).click();
    await post(page, userMessage(`held back ${colorScheme}`));
    await expect(page.getByText('Paused, 1 new message')).toBeVisible();
    await expect(entry(page, `held back ${colorScheme}`)).toHaveCount(0);
    await page.getByRole('button', { name: 'Resume' }).click();
    await expect(entry(page, `held back ${colorScheme}`)).toBeVisible();
    await page.getByRole('searchbox').fill(`"held back" -${colorScheme === 'light' ? 'dark' : 'light'}`);
    await page.getByRole('searchbox').press('Enter');
    await expect(page.getByRole('heading', { name: /^1 message for/ })).toBeVisible();
    await expect(entry(page, `held back ${colorScheme}`)).toBeVisible();
    await shoot(page, `log-search-${colorScheme}`);
    await isAccessible(page);
    await page.getByRole('button', { name: 'Back to live' }).click();
    await expect(entry(page, 'Jade Dragons').first()).toBeVisible();
  });
}

test('older messages load page by page, back to the start of the log', async ({ page }) => {
  const own = await start({ LIVE_LOG_API_KEYS: KEY });
  for (let number = 1; number <= 130; number += 1) await post(page, userMessage(`word ${number}.`), own);
  await page.goto(`${own.url}/log`);
  await expect(entry(page, 'word 130.')).toBeVisible();
  await expect(entry(page, 'word 30.')).toHaveCount(0);
  await page.getByRole('button', { name: 'Older messages' }).click();
  await expect(entry(page, 'word 1.')).toBeVisible();
  await expect(page.getByText('Start of the log')).toBeVisible();
  await expect(page.locator('.entry.user')).toHaveCount(130);
  for (let searches = 0; searches < 10 && !(await page.getByRole('alert').isVisible()); searches += 1) {
    await page.getByRole('searchbox').fill(`word ${searches}`);
    await page.getByRole('searchbox').press('Enter');
    await expect(page.getByRole('button', { name: 'Search', exact: true })).toBeEnabled();
  }
  await expect(page.getByRole('alert')).toContainText('Too many requests. Try again in');
  await expect(page.getByText(/used 10 of 10 requests per 60 s/)).toBeVisible();
  await shoot(page, 'log-limited');
  await own.stop();
});

test('a protected log asks for an account or an API key', async ({ page }) => {
  const own = await start({ LIVE_LOG_API_KEYS: KEY, LIVE_LOG_AUTH: 'on' });
  await page.goto(`${own.url}/log`);
  await expect(page.getByRole('heading', { name: 'Log in to read the log' })).toBeVisible();
  await shoot(page, 'log-admission');
  await isAccessible(page);
  await page.getByLabel('Or use an API key').fill('not-the-right-key');
  await page.getByRole('button', { name: 'Open the log' }).click();
  await expect(page.getByText('This token or key is not valid')).toBeVisible();
  await page.getByLabel('Or use an API key').fill(KEY);
  await page.getByRole('button', { name: 'Open the log' }).click();
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  await own.stop();
});

test('the log reconnects to a restarted server by itself', async ({ page }) => {
  const first = await start({ LIVE_LOG_API_KEYS: KEY });
  await page.goto(`${first.url}/log`);
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  await first.stop();
  await expect(page.locator('.log').getByText('Connection lost, reconnecting')).toBeVisible();
  const second = await start({ LIVE_LOG_API_KEYS: KEY, API_PORT: new URL(first.url).port });
  await expect(page.getByText('Live', { exact: true })).toBeVisible({ timeout: 20_000 });
  await post(page, userMessage('there again'), second);
  await expect(entry(page, 'there again')).toBeVisible();
  await second.stop();
});
