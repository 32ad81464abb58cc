// Signing up and logging in by clicks, and an account's data from the server.
import { expect, type APIRequestContext, type Page } from '@playwright/test';

export const PASSWORD = 'correct horse';
export const ROOT = { username: 'Root', password: PASSWORD };

/** The settings of a server with an operator and without a limit for logins. */
export const WITH_OPERATOR = {
  ADMIN_USERNAME: ROOT.username,
  ADMIN_PASSWORD: ROOT.password,
  BATTLES_AUTH_PER_MINUTE: '0',
};

/** Browsers log an error for each of these answers. */
export const REFUSALS = /status of (400|401|403|404|409|429)/;

export async function signUp(page: Page, username: string, password = PASSWORD): Promise<void> {
  await page.goto('/me');
  await page.getByRole('button', { name: 'I am new' }).click();
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByRole('heading', { name: username, level: 1 })).toBeVisible();
}

export async function logIn(page: Page, username: string, password = PASSWORD): Promise<void> {
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('main').getByRole('button', { name: 'Log in', exact: true }).click();
}

interface Own {
  id: string;
  headers: Record<string, string>;
}

/** The account's id and authorization headers, requested independently of the page. */
export async function own(request: APIRequestContext, username: string, password = PASSWORD): Promise<Own> {
  const { token } = (await (await request.post('/auth/login', { data: { username, password } })).json()) as {
    token: string;
  };
  const headers = { Authorization: `Bearer ${token}` };
  const { id } = (await (await request.get('/users/me', { headers })).json()) as { id: string };
  return { id, headers };
}
