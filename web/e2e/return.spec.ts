// A player returns at every stage of a game: by a reload, in a duplicated tab, in a browser that has only the seat's
// token, and after the server was killed. Table, hand, question and controls are there each time.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, expect as impatient, type Page } from '@playwright/test';
import { nextPrompt, step } from './player';
import { BACK, keepsSeat, playUntil, Seat } from './seat';
import { shoot, start, test } from './server';

/** Many pages are loaded here, on a machine that may be busy. */
const expect = impatient.configure({ timeout: 30_000 });

const OPTIONS = {
  bot_difficulty: 'easy',
  pace: 'instant',
  turn_timeout_seconds: 600,
  rules: { target_score: 200, max_rounds: 20 },
};

/** Ann, whose seat the page takes over, and Bob, both played by the test. */
async function annAndBob(server: string, options: object = OPTIONS): Promise<[Seat, Seat]> {
  const ann = await new Seat(server, 'Ann').create(options);
  const bob = await new Seat(server, 'Bob').join(ann.room);
  return [ann, bob];
}

const begin = (ann: Seat): Promise<Seat> => {
  ann.send('start_game');
  return ann.until(() => ann.phase.number > 0);
};

/** The page shows what the script knows about Ann's seat, and every allowed action is possible. */
async function isAllThere(page: Page, ann: Seat): Promise<void> {
  const { name, data } = ann.phase;
  if (name === 'NOT_STARTED') {
    await expect(page.locator('.places li b')).toHaveText(['Ann', 'Bob']);
    await expect(page.getByRole('button', { name: /^Start/ })).toBeEnabled();
    return;
  }
  await expect(page.locator('.table h1')).toHaveText('Here');
  await expect(page.locator('.felt .seat')).toHaveCount(4);
  await expect(page.locator('.felt .seat.me')).toContainText('Ann');
  if (name === 'SCORING') return void (await expect(page.locator('.scores tbody tr')).toHaveCount(4));
  if (name === 'GAME_OVER') return void (await expect(page.locator('.ranking tbody tr')).toHaveCount(4));
  const hand = page.locator('.hand [data-piece]');
  await expect(hand).toHaveCount(ann.hand?.pieces.length ?? 0);
  const ids = await hand.evaluateAll((all) => all.map((piece) => (piece as HTMLElement).dataset['piece']));
  expect(ids).toEqual(ann.hand?.pieces.map(({ id }) => id));
  // The countdown of the player who is to act.
  if (name !== 'PREPARATION') await expect(page.locator('.felt [role=timer]')).toBeVisible();
  const isMine = name === 'PREPARATION' ? data.decisions['Ann'] === null : data.current_player === 'Ann';
  await expect(page.locator('.table.asked')).toHaveCount(isMine ? 1 : 0);
  if (!isMine) return;
  if (name === 'PREPARATION') return void (await expect(page.locator('.question .row button:enabled')).toHaveCount(3));
  if (name === 'DECLARATION') {
    const open = page.locator('.question .numbers button:enabled');
    await expect(open).toHaveText((data.valid_declarations as number[]).map(String));
    return;
  }
  const play = page.locator('.hand .decide button.primary');
  for (let at = (await hand.count()) - 1; at >= 0 && (await play.isDisabled()); at -= 1) await hand.nth(at).click();
  await expect(play).toBeEnabled();
}

/** Returns to the seat in every way; `act` is performed on the page at the end. */
async function comesBack(
  browser: Browser,
  ann: Seat,
  shot: string,
  act?: (page: Page) => Promise<void>,
): Promise<void> {
  const context: BrowserContext = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await keepsSeat(context, ann);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${ann.server}/room/${ann.room}`);
  await test.step(`${shot}: with nothing but the token`, () => isAllThere(page, ann));
  await page.reload();
  await test.step(`${shot}: reloaded`, () => isAllThere(page, ann));
  const opened = context.waitForEvent('page');
  // A tab opened by a page starts with a copy of its session storage, like a duplicated tab.
  await page.evaluate(() => void window.open(location.href));
  const other = await opened;
  await test.step(`${shot}: duplicated`, () => isAllThere(other, ann));
  await expect(page.locator('.banner button')).toBeVisible();
  await page.locator('.banner button').click();
  await test.step(`${shot}: taken back`, () => isAllThere(page, ann));
  await page.reload();
  await isAllThere(page, ann);
  await shoot(page, `return-${shot}`);
  await act?.(page);
  expect(complaints).toEqual([]);
  await context.close();
  await ann.takeBack();
}

test('a seat is restored at every stage of a game', async ({ browser, server }) => {
  test.setTimeout(900_000);
  const [ann, bob] = await annAndBob(server.url);
  const both = [ann, bob] as const;
  await comesBack(browser, ann, 'waiting');
  await begin(ann);
  const declared = () => ann.phase.data.declarations?.['Ann'] !== undefined;
  const isAt = (name: string, player: string) => ann.phase.name === name && ann.phase.data.current_player === player;

  await playUntil(both, () => isAt('DECLARATION', 'Bob') && !declared());
  await comesBack(browser, ann, 'before-declaring');
  await playUntil(both, () => isAt('DECLARATION', 'Ann'));
  await comesBack(browser, ann, 'declaring', async (page) => {
    await step(page);
  });
  await playUntil(both, () => isAt('DECLARATION', 'Bob') && declared());
  await comesBack(browser, ann, 'after-declaring');
  await playUntil(both, () => isAt('TURN', 'Ann') && ann.sequence > 60);
  await comesBack(browser, ann, 'turn', async (page) => {
    expect(await nextPrompt(page)).toBe('turn');
    await page.locator('.hand .decide button.primary').click();
    await expect(page.locator('.hand [data-piece]')).not.toHaveCount(ann.hand?.pieces.length ?? 0);
  });
  await playUntil(both, () => isAt('TURN', 'Bob'));
  await comesBack(browser, ann, 'another-turn');
  await playUntil(both, () => isAt('TURN', 'Ann') && ann.hand?.pieces.length === 1);
  await comesBack(browser, ann, 'last-turn');
  bob.close();
});

test('a seat is restored during the scores', async ({ browser, server }) => {
  test.setTimeout(600_000);
  const [ann, bob] = await annAndBob(server.url, { ...OPTIONS, pace: 'normal' });
  await begin(ann);
  await playUntil([ann, bob], () => ann.phase.name === 'TURN' && ann.phase.data.turn_number === 8);
  const context = await browser.newContext();
  await keepsSeat(context, ann);
  const page = await context.newPage();
  // The page plays the last turn, so that it sees the scores from the start.
  await page.goto(`${server.url}/room/${ann.room}`);
  await expect(page.locator('.felt .seat')).toHaveCount(4);
  const scores = page.locator('.scores tbody tr');
  const played = playUntil([bob], () => bob.phase.name === 'SCORING');
  if (
    await page
      .locator('.table.asked')
      .or(scores.first())
      .first()
      .waitFor()
      .then(() => page.locator('.table.asked').isVisible())
  )
    await step(page);
  await played;
  await expect(scores).toHaveCount(4);
  await page.reload();
  // On a slow machine the next round may have started.
  await expect(scores.first().or(page.locator('.hand [data-piece]').first())).toBeVisible();
  await expect(page.locator('.felt .seat')).toHaveCount(4);
  await shoot(page, 'return-scores');
  await context.close();
  bob.close();
});

test('a seat is restored after the end of a game, however often', async ({ browser, server }) => {
  test.setTimeout(600_000);
  const ann = await new Seat(server.url, 'Ann').create({ ...OPTIONS, rules: { target_score: 200, max_rounds: 1 } });
  await begin(ann);
  await playUntil([ann], () => ann.phase.name === 'GAME_OVER');
  await comesBack(browser, ann, 'over', async (page) => {
    // Each return uses up a sequence number of the room, so the end moves further and further back.
    for (let returns = 0; returns < 12; returns += 1) {
      await page.reload();
      await expect(page.locator('.ranking tbody tr')).toHaveCount(4);
    }
    await expect(page.locator('.facts')).toBeVisible();
    await expect(page.locator('.fairness:not(.broken)')).toBeVisible();
  });
  ann.close();
});

test('a seat is restored to the question about a weak hand', async ({ browser, server }) => {
  test.setTimeout(600_000);
  // About one hand in fourteen is weak, so the test creates tables until Ann has one.
  for (;;) {
    const ann = await new Seat(server.url, 'Ann').create(OPTIONS);
    await begin(ann);
    if (ann.phase.name === 'PREPARATION' && ann.isAsked) {
      await comesBack(browser, ann, 'redeal', async (page) => {
        expect(await step(page)).toBe(false);
      });
      ann.close();
      return;
    }
    ann.send('leave_room');
    ann.close();
  }
});

test('a seat is restored when its room’s first events are dropped', async ({ browser, server }) => {
  test.setTimeout(600_000);
  const [ann, bob] = await annAndBob(server.url);
  // The server keeps the last 1,024 events of a room.
  for (let bots = 1; bots <= 600; bots += 1) {
    ann.send('add_bot', { position: 3 });
    ann.send('remove_bot', { position: 3 });
    if (bots % 20 === 0) await ann.until(() => ann.left === bots);
  }
  await comesBack(browser, ann, 'long-waiting');
  await begin(ann);
  await playUntil([ann, bob], () => ann.phase.name === 'TURN' && ann.phase.data.current_player === 'Ann');
  await comesBack(browser, ann, 'long-turn');
  ann.close();
  bob.close();
});

const UNKNOWN: Record<string, (ann: Seat) => void> = {
  'wrong token': (ann) => {
    ann.token = 'x'.repeat(43);
  },
  'room is gone': (ann) => {
    ann.room = 'ZZZZ2345';
  },
  'name is not valid': (ann) => Object.assign(ann, { name: 'An\u0000n' }),
};

for (const [why, spoil] of Object.entries(UNKNOWN)) {
  test(`the page drops a seat that can’t be restored: ${why}`, async ({ browser, server }) => {
    const ann = await new Seat(server.url, 'Ann').create(OPTIONS);
    spoil(ann);
    const context = await browser.newContext();
    await keepsSeat(context, ann);
    const page = await context.newPage();
    await page.goto(`${server.url}/room/${ann.room}`);
    await expect(page.getByText(/^You can’t go back to that table/)).toBeVisible();
    await page.locator('.brand').click();
    await expect(page.locator('.hero button.primary')).toBeEnabled();
    await context.close();
    ann.close();
  });
}

test('the chat is kept across a reload, and continues', async ({ browser, server }) => {
  const [ann, bob] = await annAndBob(server.url);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await keepsSeat(context, ann);
  const page = await context.newPage();
  await page.goto(`${server.url}/room/${ann.room}`);
  await isAllThere(page, ann);
  const messages = page.locator('.said li p');
  bob.send('chat', { message: 'hello' });
  await expect(messages).toHaveText(['hello']);
  await page.reload();
  await expect(messages).toHaveText(['hello']);
  bob.send('chat', { message: 'again' });
  await expect(messages).toHaveText(['hello', 'again']);
  await page.reload();
  await expect(messages).toHaveText(['hello', 'again']);
  await context.close();
  bob.close();
});

test('a seat is restored after the server was killed, also in a new tab', async ({ browser }) => {
  test.setTimeout(600_000);
  const folder = mkdtempSync(join(tmpdir(), 'liap-tui-'));
  const first = await start({ DATA_DIR: folder });
  const [ann, bob] = await annAndBob(first.url);
  await begin(ann);
  await playUntil(
    [ann, bob],
    () => ann.phase.name === 'TURN' && ann.phase.data.current_player === 'Ann' && ann.sequence > 40,
  );
  const context = await browser.newContext();
  await keepsSeat(context, ann);
  const page = await context.newPage();
  await page.goto(`${first.url}/room/${ann.room}`);
  await isAllThere(page, ann);
  await first.kill();
  await expect(page.getByRole('img', { name: /Connection lost/ })).toBeVisible();
  const second = await start({ DATA_DIR: folder, API_PORT: new URL(first.url).port });
  await expect(page.getByRole('img', { name: /connection, \d+ ms/ })).toBeVisible({ timeout: BACK });
  await isAllThere(page, ann);
  await page.reload();
  await isAllThere(page, ann);
  await page.close();
  const other = await context.newPage();
  await other.goto(`${second.url}/room/${ann.room}`);
  await isAllThere(other, ann);
  await step(other);
  await context.close();
  bob.close();
  await second.stop();
  rmSync(folder, { recursive: true, force: true });
});
