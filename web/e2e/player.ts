// A player who plays by clicks, doing what the page asks for.
import { expect, type Page } from '@playwright/test';

export type Prompt = 'redeal' | 'declaration' | 'turn' | 'scores' | 'over';

const question = (page: Page, name: RegExp | string) => page.getByRole('region', { name });

/** What the page asks for next. */
export async function nextPrompt(page: Page): Promise<Prompt> {
  // The question “How many piles will you win?” is not the end of the game.
  const over = question(page, /wins?!?$/);
  const scores = question(page, /^Round \d+/);
  const redeal = question(page, /Your hand is weak/);
  const declaration = question(page, 'How many piles will you win?');
  const turn = page.getByText(/^Your turn: /);
  await expect(over.or(scores).or(redeal).or(declaration).or(turn).first()).toBeVisible({ timeout: 30_000 });
  if (await over.isVisible()) return 'over';
  if (await scores.isVisible()) return 'scores';
  if (await redeal.isVisible()) return 'redeal';
  return (await declaration.isVisible()) ? 'declaration' : 'turn';
}

/** Answers the next prompt; returns true if the game is over. */
export async function step(page: Page): Promise<boolean> {
  switch (await nextPrompt(page)) {
    case 'over':
      return true;
    case 'scores':
      await readScores(page);
      return false;
    case 'redeal':
      await keepHand(page);
      return false;
    case 'declaration':
      await page
        .getByRole('button', { name: /^Declare \d/ })
        .and(page.locator(':enabled'))
        .first()
        .click();
      await expect(question(page, 'How many piles will you win?')).toBeHidden();
      return false;
    case 'turn':
      await playTurn(page);
      return false;
  }
}

/** Closes the scores, which may also close by themselves. */
async function readScores(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: 'Continue' })
    .click({ timeout: 5_000 })
    .catch(() => undefined);
  await expect(question(page, /^Round \d+/)).toBeHidden({ timeout: 30_000 });
}

/**
 * Declines a redeal. If another player asks for one and the new hand is weak too, the same question returns, but its
 * button shows a higher multiplier.
 */
async function keepHand(page: Page): Promise<void> {
  const redeal = question(page, /Your hand is weak/);
  const multiplier = await redeal.getByRole('button', { name: /^Redeal/ }).innerText();
  await page.getByRole('button', { name: 'Keep my hand' }).click();
  await expect(redeal.filter({ hasText: multiplier })).toBeHidden();
}

async function playTurn(page: Page): Promise<void> {
  const hand = page.getByRole('region', { name: 'Your hand', exact: true });
  const pieces = hand.getByRole('button', { name: /points/ });
  const play = hand.getByRole('button', { name: 'Play', exact: true });
  const count = await pieces.count();
  for (let at = count - 1; at >= 0 && (await play.isDisabled()); at -= 1) await pieces.nth(at).click();
  await play.click();
  await expect(pieces).not.toHaveCount(count);
}
