// Addresses and pasted links are user input: each shows a screen, and a table is found whatever surrounds its code.
import { expect, type Page } from '@playwright/test';
import { isAccessible, shoot, test } from './server';

test.use({ expected: /404 \(Not Found\)/ });

async function openTable(page: Page): Promise<string> {
  await page.goto('/');
  await page.getByLabel('Your name').fill('Ann');
  await page.getByRole('button', { name: 'Create table' }).click();
  await expect(page).toHaveURL(/\/room\//);
  return page.url().split('/').at(-1) ?? '';
}

test('a link with any text around its code leads to the table', async ({ page, browser, baseURL }) => {
  const code = await openTable(page);
  const context = await browser.newContext();
  const guest = await context.newPage();
  const faults: string[] = [];
  guest.on('pageerror', ({ message }) => faults.push(message));
  const half = `${code.slice(0, 4)}-${code.slice(4)}`;
  for (const path of [
    `/room/${code}%`,
    `/room/${code}%2`,
    `/room/${code}/`,
    `/room/${code}?from=chat#top`,
    `/room/${half}`,
    `/room/%20${code.toLowerCase()})`,
    `/Room/${code}`,
    `/room//${code}`,
    `/room/${code}%20see%20you`,
  ]) {
    await guest.goto(`${baseURL}${path}`);
    await expect(guest.getByRole('heading', { name: `Table ${code}` }), path).toBeVisible();
    await expect(guest).toHaveURL(`${baseURL}/room/${code}${path.includes('?') ? '?from=chat#top' : ''}`);
  }
  for (const text of [
    half,
    `${code.slice(0, 4)} ${code.slice(4)}`,
    `${baseURL}/room/${code}/?a=b`,
    `Come and play: ${baseURL}/room/${code}, we wait!`,
  ]) {
    await guest.goto(baseURL ?? '');
    await guest.getByLabel('Code or link').fill(text);
    await expect(guest.getByRole('button', { name: 'Join', exact: true }), text).toBeEnabled();
  }
  await guest.getByLabel('Your name').fill('Bob');
  await guest.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(guest).toHaveURL(`${baseURL}/room/${code}`);
  await expect(page.getByText('Bob', { exact: true }).first()).toBeVisible();
  expect(faults).toEqual([]);
  await context.close();
});

test('an unknown address says so, with a link to the lobby', async ({ page }) => {
  for (const path of [
    '/room',
    '/room/',
    '/room/%',
    '/room/unknown',
    '/replay/%zz',
    '/nothing/at/all',
    '/__proto__',
    '/me/x',
    '/%E0%A4%A',
  ]) {
    await page.goto(path);
    await expect(page.getByRole('heading', { name: 'Page not found' }), path).toBeVisible();
  }
  await isAccessible(page);
  await shoot(page, 'no-such-address');
  await page.getByRole('link', { name: 'Back to lobby' }).click();
  await expect(page.getByRole('heading', { name: 'Play now against bots' })).toBeVisible();
  await page.getByLabel('Code or link').fill('There is nothing in here');
  await expect(page.getByText('No table code found.')).toBeVisible();
});

test('joining a table that does not exist says so', async ({ page }) => {
  await page.goto('/room/ABCD2345');
  await page.getByRole('button', { name: 'Join' }).click();
  await expect(page.getByRole('heading', { name: 'There is no table ABCD2345' })).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  await shoot(page, 'no-such-table-phone');
  await page.getByRole('link', { name: 'Back to lobby' }).click();
  await expect(page.getByRole('button', { name: 'Deal me in' })).toBeVisible();
});
