// Starts the real server on a free port with its own data folder, shared by all tests of a worker.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test as plain, type Page } from '@playwright/test';
import axe from 'axe-core';

const root = resolve(import.meta.dirname, '../..');
const target = process.env['CARGO_TARGET_DIR'] ?? join(root, 'target');
const screenshots = process.env['SCREENSHOTS'] ?? join(target, 'screenshots');

function binary(): string {
  const built = [process.env['SERVER'], join(target, 'debug/liap-tui'), join(target, 'release/liap-tui')];
  const found = built.find((path) => path && existsSync(path));
  if (!found) throw new Error('no server was found: run `cargo build`, or set SERVER to its path');
  return found;
}

/** Disables the limits per address, because all players of the tests have the same one. */
const WIDE = {
  BATTLES_CREATE_PER_MINUTE: '0',
  ROOMS_PER_MINUTE_PER_CONNECTION: '0',
  ROOMS_PER_MINUTE_PER_ADDRESS: '0',
  OPEN_ROOMS_PER_ADDRESS: '0',
  OPEN_ROOMS_PER_ACCOUNT: '0',
  BOT_GAMES_PER_ADDRESS: '0',
  BOT_GAMES_PERCENT: '100',
  WAITING_SEATS_PER_ADDRESS: '0',
  ADDRESS_WORK_KIB_PER_SECOND: '0',
};

/** A running server; `stop` shuts it down gracefully, `kill` at once. */
export interface Server {
  url: string;
  stop: () => Promise<void>;
  kill: () => Promise<void>;
}

/** Starts a server, with its own data folder unless `environment` sets one. */
export async function start(environment: Record<string, string> = {}): Promise<Server> {
  const data = mkdtempSync(join(tmpdir(), 'liap-tui-'));
  const fixed = {
    API_HOST: '127.0.0.1',
    API_PORT: '0',
    DATA_DIR: data,
    LOG: 'error',
    DURABILITY: 'relaxed',
    RATE_LIMIT_REQUESTS: '0',
    ALL_REQUESTS_PER_MINUTE: '0',
    ...WIDE,
  };
  const env = { ...fixed, ...environment };
  const child = spawn(binary(), ['serve'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await listening(child);
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    const ended = new Promise((done) => child.once('exit', done));
    // `kill` returns false if the process has already ended.
    if (child.kill(signal)) await ended;
    rmSync(data, { recursive: true, force: true });
  };
  return { url, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}

function listening(child: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    let text = '';
    child.once('exit', (code) => failed(new Error(`the server exited with ${code}`)));
    child.stdout?.on('data', (bytes) => {
      text += String(bytes);
      const address = /^liap-tui listens on (\S+)/m.exec(text)?.[1];
      if (address) found(address);
    });
  });
}

/** Marks the tour of a first game as done. */
export const skipTour = (page: Page): Promise<unknown> =>
  page.addInitScript(() => localStorage.setItem('liap.tour', '{"seen":[],"done":true}'));

/**
 * Tests with a server. Pages start there without the tour (except in tests tagged `@newcomer`), and errors in a page's
 * console fail the test, unless they match `expected`.
 */
export const test = plain.extend<
  { complaints: string[]; expected: RegExp | null },
  { server: Server; settings: Record<string, string> }
>({
  settings: [{}, { option: true, scope: 'worker' }],
  expected: [null, { option: true }],
  server: [
    async ({ settings }, use) => {
      const server = await start(settings);
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ server }, use) => use(server.url),
  complaints: [
    async ({ page, expected }, use, testInfo) => {
      const complaints: string[] = [];
      if (!testInfo.tags.includes('@newcomer')) await skipTour(page);
      page.on(
        'console',
        (message) => message.type() === 'error' && !expected?.test(message.text()) && complaints.push(message.text()),
      );
      page.on('pageerror', (error) => complaints.push(error.message));
      await use(complaints);
      if (complaints.length) throw new Error(`errors in the page: ${complaints.join('; ')}`);
    },
    { auto: true },
  ],
});

/** Saves a screenshot under target/screenshots. */
export const shoot = (page: Page, name: string, fullPage = false): Promise<Buffer> =>
  page.screenshot({ path: join(screenshots, `${name}.png`), fullPage });

/** Expects no serious or critical accessibility fault on the page. */
export async function isAccessible(page: Page): Promise<void> {
  const result = await page.evaluate(`${axe.source}; axe.run(document, { resultTypes: ['violations'] })`);
  const { violations } = result as { violations: { id: string; impact: string; nodes: { html: string }[] }[] };
  const faults = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(faults.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}
