// A page that the browser translates the way Chrome does: every text node is replaced by elements with another text.
import { expect, type Page } from '@playwright/test';
import { nextPrompt, step } from './player';
import { shoot, test } from './server';

/** Imitates Chrome's translator, but keeps the text, so that it can be compared with the untranslated page. */
function translate(): void {
  const replace = (text: Text) => {
    const parent = text.parentElement;
    if (!parent || !text.data.trim() || parent.closest('[translate=no], script, style, svg, textarea, option, font'))
      return;
    const outer = document.createElement('font');
    const inner = outer.appendChild(document.createElement('font'));
    inner.append(text.data);
    text.replaceWith(outer);
  };
  const under = (node: Node) => {
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    const texts = node instanceof Text ? [node] : [];
    while (walker.nextNode()) texts.push(walker.currentNode as Text);
    texts.forEach(replace);
  };
  new MutationObserver((changes) => {
    for (const { target, addedNodes, type } of changes) {
      if (type === 'characterData') under(target);
      addedNodes.forEach((node) => node.isConnected && under(node));
    }
  }).observe(document, { childList: true, subtree: true, characterData: true });
}

/** All texts on the screen, except the countdowns, which keep changing. */
const shown = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const copy = document.querySelector('main')?.cloneNode(true) as HTMLElement;
    copy.querySelectorAll('.countdown, .next, .chat, [role=log]').forEach((element) => element.remove());
    return [...copy.querySelectorAll('h1, h2, p, span, b, small, button, td, th, div, output')]
      .filter(({ children }) => ![...children].some(({ tagName }) => !/^(FONT|X-T)$/.test(tagName)))
      .map(({ textContent }) => (textContent ?? '').trim())
      .filter(Boolean);
  });

test('a translated page stays up to date through a whole round', async ({ page }) => {
  test.setTimeout(400_000);
  await page.addInitScript(translate);
  await page.goto('/');
  await page.getByText('Options').click();
  await page.getByLabel('Bot speed').selectOption('instant');
  await page.getByLabel('Points to win').fill('10');
  await page.getByLabel('Seconds per decision').fill('600');
  await page.getByRole('button', { name: 'Create table' }).click();
  await page.getByRole('button', { name: 'Start the game' }).click();
  const compared: string[] = [];
  // Twice per kind of prompt is enough: one turn is as good as another.
  for (let over = false; !over;) {
    const now = await nextPrompt(page);
    if (compared.filter((one) => one === now).length < 2) {
      const translated = await shown(page);
      expect(await page.locator('main font').count()).toBeGreaterThan(5);
      await shoot(page, `translated-${now}`);
      // Rendered from scratch, the page shows the same.
      await page.getByRole('link', { name: 'Lobby' }).click();
      await page.getByRole('link', { name: 'Table', exact: true }).click();
      await nextPrompt(page);
      expect(translated, now).toEqual(await shown(page));
      compared.push(now);
    }
    over = (await step(page)) || compared.includes('scores');
  }
  // The countdown's visible text matches its accessible one, although it keeps changing.
  const clocks = await page
    .getByRole('timer')
    .evaluateAll((all) => all.map((clock) => [clock.textContent, parseInt(clock.ariaLabel ?? '')]));
  for (const [text, seconds] of clocks) expect(text).toBe(String(seconds));
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
  expect(compared).toEqual(expect.arrayContaining(['declaration', 'turn', 'turn', 'scores']));
});
