// The times from an empty cache to the first paint and to a playable table with bots.
import { test } from '@playwright/test';
import { skipTour, start } from '../e2e/server';

/** The number of measurements. */
const TIMES = 20;

/** The given percentile (0 to 1) in milliseconds, padded to 6 characters. */
function percentile(times: readonly number[], part: number): string {
  const sorted = times.toSorted((one, other) => one - other);
  return (sorted[Math.ceil(part * sorted.length) - 1] ?? Number.NaN).toFixed(0).padStart(6);
}

const line = (what: string, times: readonly number[]): void =>
  console.log(`  ${what.padEnd(40)} median ${percentile(times, 0.5)} ms, slowest ${percentile(times, 1)} ms`);

test('from an empty cache to a table with bots', async ({ browser }) => {
  const server = await start({ DURABILITY: 'full' });
  const [paints, tables]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < TIMES; turn += 1) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await skipTour(page);
    const begun = performance.now();
    await page.goto(server.url);
    await page.getByRole('button', { name: 'Deal me in' }).click();
    const hand = page.getByRole('region', { name: 'Your hand', exact: true });
    await hand
      .getByRole('button', { name: /points$/ })
      .nth(7)
      .waitFor();
    tables.push(performance.now() - begun);
    paints.push(
      await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN),
    );
    await context.close();
  }
  await server.stop();
  console.log(`the page, ${TIMES} times with an empty cache`);
  line('address to first paint', paints);
  line('address to a playable table (goal 2 s)', tables);
});
