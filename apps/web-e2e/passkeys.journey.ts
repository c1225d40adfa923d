import { type Page, expect, test } from '@playwright/test';
import { createServer } from 'node:net';
import { violationsOf } from './support/axe';
import { plugIn } from './support/authenticator';
import { type Berth, PASSWORD, setUp, startBerth } from './support/berth';

test.describe('Passkeys', () => {
  let berth: Berth;
  /** Browsers make passkeys for names, not for addresses. */
  let home: string;

  test.beforeAll(async () => {
    const port = await freePort();
    home = `http://localhost:${port}`;
    berth = await startBerth({ PORT: String(port), HOST: '127.0.0.1', BERTH_PUBLIC_URL: home });
    await setUp(berth);
  });
  test.afterAll(() => berth.stop());

  test('are added, sign in without a word typed, stand for the second factor, and are removed', async ({ page }) => {
    const authenticator = await plugIn(page);
    await withPassword(page);
    await expect(page).not.toHaveURL(/\/login/);
    await page.goto(`${home}/me/security`);

    await page.getByRole('button', { name: 'Add a passkey' }).click();
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('My laptop');
    await page.getByRole('dialog').getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'I have kept them' }).click();
    await expect(page.getByText('My laptop')).toBeVisible();
    expect(await authenticator.count()).toBe(1);
    expect(await violationsOf(page)).toEqual([]);

    await authenticator.agrees(false);
    await signOut(page);
    await page.goto(`${home}/login?returnUrl=%2Fme%2Fsecurity`);
    await expect(page.getByLabel('E-mail or user name')).toHaveAttribute('autocomplete', 'username webauthn');
    await authenticator.agrees(true);
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await expect(page).toHaveURL(`${home}/me/security`);

    await authenticator.agrees(false);
    await signOut(page);
    await withPassword(page);
    await expect(page.getByRole('heading', { name: 'One more step' })).toBeVisible();
    expect(await violationsOf(page)).toEqual([]);
    await authenticator.agrees(true);
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await expect(page).not.toHaveURL(/\/login/);

    await page.goto(`${home}/me/security`);
    await page.getByRole('button', { name: 'Rename My laptop' }).click();
    await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('Old laptop');
    await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
    await page.getByRole('button', { name: 'Remove Old laptop' }).click();
    await page.getByRole('dialog').getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await expect(page.getByText('Old laptop')).toHaveCount(0);

    await authenticator.agrees(false);
    await signOut(page);
    await withPassword(page);
    await expect(page).not.toHaveURL(/\/login/);
  });

  test('are set up at sign-in where a factor is asked of the role, and offered by the browser among what it fills in', async ({ page }) => {
    const authenticator = await plugIn(page);
    await withPassword(page);
    await expect(page).not.toHaveURL(/\/login/);
    const policy = `${home}/api/v1/auth/mfa/policy`;
    const { version } = (await (await page.request.get(policy)).json()) as { version: number };
    const asked = await page.request.put(policy, { data: { roles: ['admin'] }, headers: { origin: home, 'if-match': `"${version}"` } });
    expect(asked.status()).toBe(200);
    await signOut(page);
    await withPassword(page);
    await expect(page.getByRole('heading', { name: 'Set up a second factor' })).toBeVisible();
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Set up a passkey' }).click();
    await page.getByRole('button', { name: 'I have kept them' }).click();
    await expect(page).not.toHaveURL(/\/login/);
    expect(await authenticator.count()).toBe(1);

    await signOut(page);
    // The person picks the first that is offered: nothing on the page is pressed.
    await page.goto(`${home}/login?returnUrl=%2Fme%2Fsecurity`);
    await expect(page).toHaveURL(`${home}/me/security`);
  });

  async function withPassword(page: Page): Promise<void> {
    await page.goto(`${home}/login`);
    await page.getByLabel('E-mail or user name').fill('ana');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  }

  /** Ends the session behind the page's back; the next address asks to sign in. */
  async function signOut(page: Page): Promise<void> {
    const answer = await page.request.post(`${home}/api/v1/logout`, { data: {}, headers: { origin: home } });
    expect(answer.status()).toBe(204);
  }
});

/** A port nobody listens on: the public address has to be known before the server starts. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
