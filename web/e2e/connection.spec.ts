// A lost connection is shown and restored by itself, and the game continues.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { step } from './player';
import { start } from './server';

test('the page reconnects to a restarted server, and the game continues', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'liap-tui-'));
  const first = await start({ DATA_DIR: folder });
  await page.goto(first.url);
  await page.getByRole('button', { name: 'Deal me in' }).click();
  await step(page);
  await expect(page.getByRole('img', { name: /connection, \d+ ms/ })).toBeVisible();
  await first.stop();
  await expect(page.getByRole('img', { name: /Connection lost/ })).toBeVisible();
  const second = await start({ DATA_DIR: folder, API_PORT: new URL(first.url).port });
  await expect(page.getByRole('img', { name: /connection, \d+ ms/ })).toBeVisible({ timeout: 20_000 });
  await step(page);
  await second.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('two windows do not fight over the same seat', async ({ page, context }) => {
  const server = await start();
  await page.goto(server.url);
  await page.getByRole('button', { name: 'Deal me in' }).click();
  await expect(page).toHaveURL(/room/);
  const second = await context.newPage();
  await second.goto(page.url());
  await second.getByRole('button', { name: /^Back to your seat/ }).click();
  await expect(second.getByRole('region', { name: 'Your hand', exact: true })).toBeVisible();
  await expect(page.getByText('Your seat is open in another window')).toBeVisible();
  await page.getByRole('button', { name: 'Play here' }).click();
  await expect(second.getByText('Your seat is open in another window')).toBeVisible();
  await expect(page.getByText('Your seat is open in another window')).toBeHidden();
  await server.stop();
});
