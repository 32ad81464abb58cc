// The host removes a player from a waiting table by clicks and keys, and what that player sees.
import { expect, type Locator, type Page } from '@playwright/test';
import { Seat } from './seat';
import { isAccessible, shoot, test } from './server';

test.use({ expected: /ERR_INTERNET_DISCONNECTED/ });

async function openTable(page: Page, name: string): Promise<string> {
  await page.goto('/');
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Create table' }).click();
  await expect(page.getByRole('button', { name: 'Start the game' })).toBeVisible();
  return new URL(page.url()).pathname.split('/')[2] ?? '';
}

async function sitDown(page: Page, url: string, name: string): Promise<void> {
  await page.goto(url);
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Join' }).click();
}

/** Whether the dialog opens in the same task as the click, so that the very next key press reaches it. */
const opensAtOnce = (button: Locator): Promise<boolean> =>
  button.evaluate(async (element: HTMLElement) => {
    element.click();
    for (let at = 0; at < 5; at += 1) await Promise.resolve();
    return document.querySelector('dialog')?.open ?? false;
  });

const dialog = (page: Page) => page.getByRole('dialog');
const place = (page: Page, name: string) => page.locator('.places').getByRole('listitem').filter({ hasText: name });

for (const { name, width, height, colorScheme } of [
  { name: 'desktop', width: 1440, height: 900, colorScheme: 'light' },
  { name: 'phone', width: 360, height: 780, colorScheme: 'dark' },
] as const) {
  test(`a player removed by the host is told, and cannot rejoin, ${name}`, async ({ page, browser, baseURL }) => {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    const room = await openTable(page, 'Ann');
    const guest = await (await browser.newContext()).newPage();
    await sitDown(guest, `${baseURL}/room/${room}`, 'Bob');
    await expect(guest.getByText('Waiting for Ann to start the game.')).toBeVisible();
    await expect(guest.getByRole('button', { name: /^Remove/ })).toHaveCount(0);
    await expect(place(page, 'Bob')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Remove Ann' })).toHaveCount(0);

    // By keyboard. The dialog focuses Cancel, so a second Enter must not remove the player.
    await page.getByRole('button', { name: 'Remove Bob' }).press('Enter');
    await expect(dialog(page)).toContainText('can’t join this table again for 10 minutes');
    const box = await dialog(page).boundingBox();
    expect(Math.abs((box?.y ?? 0) + (box?.height ?? 0) / 2 - height / 2), 'in the middle').toBeLessThan(2);
    await shoot(page, `remove-player-${name}`);
    await isAccessible(page);
    await page.keyboard.press('Enter');
    await expect(dialog(page)).toBeHidden();
    await expect(place(page, 'Bob')).toBeVisible();
    expect(await opensAtOnce(page.getByRole('button', { name: 'Remove Bob' }))).toBe(true);
    await page.keyboard.press('Tab');
    await expect(dialog(page).getByRole('button', { name: 'Remove' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(place(page, 'Bob')).toHaveCount(0);
    await expect(dialog(page)).toBeHidden();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);

    await expect(guest.getByText('The host removed you from this table.')).toBeVisible();
    await expect(guest).toHaveURL(`${baseURL}/`);
    await sitDown(guest, `${baseURL}/room/${room}`, 'Bob');
    await expect(
      guest.getByText(/The host removed you from this table\. You can join it again in \d+ minutes\./),
    ).toBeVisible();
    await guest.context().close();
  });
}

test('a player removed while offline is told on return', async ({ page, baseURL }) => {
  const host = await new Seat(baseURL ?? '', 'Ann').create({});
  await sitDown(page, `/room/${host.room}`, 'Bob');
  await expect(page.getByText('Waiting for Ann to start the game.')).toBeVisible();
  await page.context().setOffline(true);
  await expect(page.getByText('You are offline.')).toBeVisible();
  host.send('remove_player', { position: 1 });
  await host.until(() => host.left === 1);
  await page.context().setOffline(false);
  await expect(page.getByText(/The host removed you from this table/)).toBeVisible();
  await expect(page).toHaveURL(`${baseURL}/`);
  host.close();
});
