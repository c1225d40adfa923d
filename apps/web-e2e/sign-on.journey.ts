import { expect, test } from '@playwright/test';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { apiOf } from './support/api';
import { type Berth, PASSWORD, setUp, startBerth } from './support/berth';

const testing = join(import.meta.dirname, '../../dist/libs/features/sign-on/src/testing.js');

/** What is used here of the provider that the server's specs run against; a browser's journey knows no server library but as a program. */
interface RunningProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly asked: readonly string[];
  knows(person: { readonly sub: string; readonly [claim: string]: unknown }): void;
  stop(): Promise<void>;
}

/** Its address is registered at the provider, so it is known before Berth starts. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test.describe('Somebody with an account elsewhere', () => {
  let berth: Berth;
  let provider: RunningProvider;
  test.beforeAll(async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const { startProvider: start } = (await import(testing)) as { startProvider: (wanted: object) => Promise<RunningProvider> };
    // Another site than Berth: what a browser sends along with a way back from there is part of what is tried.
    provider = await start({
      like: 'keycloak',
      host: 'localhost',
      redirectUris: [`${url}/api/v1/auth/oidc/acme-id/callback`],
      signedOutUris: [`${url}/login`],
    });
    berth = await startBerth({ PORT: String(port), BERTH_PUBLIC_URL: url, BERTH_ALLOWED_NETWORKS: '127.0.0.0/8,::1/128' });
    const api = apiOf(berth, await setUp(berth));
    const { issuer, clientId, clientSecret } = provider;
    const homeDomains = ['acme.example'];
    await api.post('/identity-providers', {
      key: 'acme-id',
      name: 'Acme ID',
      issuer,
      clientId,
      clientSecret,
      admits: 'anyone',
      homeDomains,
    });
    provider.knows({ sub: 'ben', email: 'ben@acme.example', email_verified: true, preferred_username: 'ben', name: 'Ben Ito' });
    provider.knows({ sub: 'ana', email: 'ana@acme.example', email_verified: true, preferred_username: 'ana', name: 'Ana Kaya' });
  });
  test.afterAll(async () => {
    await berth?.stop();
    await provider?.stop();
  });

  test('thinks better of it, signs in, cannot lose the last way in, sets a password, unlinks, links again, and signs out there too', async ({
    page,
  }) => {
    await page.goto(`${berth.url}/login?returnUrl=/me/security`);
    await page.getByLabel('E-mail or user name').fill('ben@ACME.example');
    await page.locator('form').getByRole('link', { name: 'Continue with Acme ID' }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByText('You did not sign in with the provider.')).toBeVisible();

    await page.getByRole('link', { name: 'Continue with Acme ID' }).click();
    await page.getByLabel('Account').fill('ben');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page).toHaveURL(/\/me\/security/);
    await expect(page.getByText('ben@acme.example')).toBeVisible();

    await page.getByRole('button', { name: 'Unlink Acme ID' }).click();
    await expect(page.getByText('It is your last way to sign in')).toBeVisible();

    await page.goto(`${berth.url}/me/profile`);
    await page.getByLabel('New password', { exact: false }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Set the password' }).click();
    await expect(page.getByRole('button', { name: 'Set the password' })).toBeHidden();

    await page.goto(`${berth.url}/me/security`);
    await page.getByRole('button', { name: 'Unlink Acme ID' }).click();
    await expect(page.getByRole('button', { name: 'Link Acme ID', exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Link Acme ID', exact: true }).click();
    await page.getByRole('dialog').getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('dialog').getByRole('button', { name: 'Link', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Unlink Acme ID' })).toBeVisible();
  });

  test('is known by the address of an account, signs in to it once more, and is linked; then signs out at the provider', async ({
    page,
  }) => {
    await page.goto(`${berth.url}/login?idp=acme-id`);
    await page.getByLabel('Account').fill('ana');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByText('There is an account with ana@acme.example already.')).toBeVisible();
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in and link' }).click();
    await expect(page).not.toHaveURL(/\/login/);

    await page.context().clearCookies({ domain: '127.0.0.1' });
    await page.goto(`${berth.url}/login?returnUrl=/me/security`);
    await page.getByRole('link', { name: 'Continue with Acme ID' }).click();
    // Signed in there already: nothing is asked again.
    await expect(page).toHaveURL(/\/me\/security/);
    await page.getByRole('button', { name: 'Account and security' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await expect(page).toHaveURL(/localhost.*session\/end/);
    await page.locator('[name=logout]').click();
    await expect(page).toHaveURL(`${berth.url}/login`);
    expect(provider.asked).toContain('POST /session/end/confirm');
  });
});
