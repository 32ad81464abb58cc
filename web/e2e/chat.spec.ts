// Two browsers at one table chat; bots are tagged.
import { type Browser, type BrowserContextOptions, expect, type Page } from '@playwright/test';
import { isAccessible, shoot, start, test } from './server';

const chat = (page: Page) => page.getByRole('complementary', { name: 'Chat' });
const field = (page: Page) => page.getByLabel('Message to the table');

/** Another browser that joins the table at the same address. */
async function friend(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage();
  await page.goto(url);
  await page.getByLabel('Your name').fill('Bob');
  await page.getByRole('button', { name: 'Join' }).click();
  await expect(page.getByRole('heading', { name: 'Talk' })).toBeVisible();
  return page;
}

/** Creates a table that is not in the public list, so that other tests do not see it. */
async function host(page: Page, url = ''): Promise<void> {
  await page.goto(`${url}/`);
  await page.getByLabel('Your name').fill('Ann');
  await page.getByLabel('Table name').fill('Talk');
  await page.getByText('Options').click();
  await page.getByLabel('Show in the public list').uncheck();
  await page.getByRole('button', { name: 'Create table' }).click();
  await expect(page.getByRole('heading', { name: 'Talk' })).toBeVisible();
}

test('two people at one table chat, and bots’ messages are tagged', async ({ page, browser }) => {
  await host(page);
  const other = await friend(browser, page.url());
  await field(other).fill('hello Ann');
  await field(other).press('Enter');
  await expect(chat(page).getByText('hello Ann')).toBeVisible();
  await expect(page.getByRole('log').filter({ hasText: 'Bob says: hello Ann' })).toBeAttached();
  await field(page).fill('one\ntwo');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(chat(other).getByText('one two')).toBeVisible();
  await expect(field(page)).toHaveValue('');
  await page.getByRole('button', { name: 'Start the game' }).click();
  const botMessages = chat(page)
    .getByRole('listitem')
    .filter({ hasText: /bot.*\S/ })
    .filter({ has: page.locator('p') });
  await expect(botMessages.first()).toBeVisible();
  await expect(chat(page).getByRole('list', { name: 'At the table' })).toContainText('Bob');
  const table = page.getByRole('region', { name: 'Table' });
  const before = await table.boundingBox();
  await field(other).fill('a long word that takes more than a single line in the narrow chat beside the table');
  await field(other).press('Enter');
  await expect(chat(page).getByText('a long word')).toBeVisible();
  expect((await table.boundingBox())?.width).toBe(before?.width);
  await shoot(page, 'chat');
  await isAccessible(page);
  await other.context().close();
});

test('on a phone the chat is a sheet, and shows the unread messages', async ({ page, browser }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 360, height: 740 });
  await host(page);
  const other = await friend(browser, page.url());
  await field(other).fill('are you there?');
  await field(other).press('Enter');
  await expect(page.getByRole('button', { name: 'Chat, 1 unread' })).toBeVisible();
  await expect(chat(page)).toBeHidden();
  await page.getByRole('button', { name: 'Start the game' }).click();
  await expect(page.getByRole('region', { name: 'Your hand', exact: true })).toBeVisible();
  await shoot(page, 'chat-phone-closed');
  await page.getByRole('button', { name: /^Chat/ }).click();
  await expect(chat(page).getByText('are you there?')).toBeVisible();
  await expect(field(page)).toBeFocused();
  await page.keyboard.type('yes');
  await page.keyboard.press('Enter');
  await expect(other.getByText('yes', { exact: true })).toBeAttached();
  await chat(page).evaluate((sheet) => Promise.all(sheet.getAnimations().map((motion) => motion.finished)));
  await shoot(page, 'chat-phone');
  await isAccessible(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Chat', exact: true })).toBeFocused();
  await expect(chat(page)).toBeHidden();
  await other.context().close();
});

test('a refused message stays in the field, with the reason', async ({ page }) => {
  // A low limit, so that it is reached within a minute on any machine.
  const server = await start({ CHAT_MESSAGES_PER_MINUTE: '3' });
  await host(page, server.url);
  await field(page).fill('x'.repeat(2_001));
  await expect(page.getByText('1 character over the limit')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Send' })).toBeDisabled();
  for (let sent = 0; sent < 3; sent += 1) {
    await field(page).fill(`word ${sent}`);
    await field(page).press('Enter');
    await expect(field(page)).toHaveValue('');
  }
  await field(page).fill('one too many');
  await field(page).press('Enter');
  await expect(page.getByText(/Not sent: too many messages/)).toBeVisible();
  await expect(field(page)).toHaveValue('one too many');
  // Without its server, an open page would log errors.
  await page.close();
  await server.stop();
});
