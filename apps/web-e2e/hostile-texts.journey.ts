import { expect, type Page, test } from '@playwright/test';
import { type Api, apiOf, signIn } from './support/api';
import { type Berth, PASSWORD, setUp, startBerth } from './support/berth';
import { type Faults, listen } from './support/faults';
import { hostileTexts } from './support/hostile-texts';
import { visitorOf } from './support/visit';

const LANGUAGES = ['en', 'es', 'fr', 'de'] as const;
/** Every page in every language with `JOURNEY_LONG=1`; else each in one of them, in turn. */
const LONG = process.env['JOURNEY_LONG'] === '1';
const NAMES = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

/** Pages that menus and letters lead to, not links of another page. */
const UNLINKED = ['/login', '/login/forgot', '/login/register', '/account/password', '/check-in', '/me/profile', '/no-such-page'];

test.describe('Content security', () => {
  let berth: Berth;
  let planted: Planted;
  test.beforeAll(async () => {
    berth = await startBerth();
    const api = apiOf(berth, await setUp(berth));
    planted = await plant(api);
    await api.post('/users', { username: 'ben', email: 'ben@acme.example', displayName: 'Ben', role: 'admin', password: PASSWORD });
  });
  test.afterAll(() => berth.stop());

  test('CSP-01: texts of others never run, on any page a link leads to', async ({ browser }) => {
    test.setTimeout(600_000);
    const context = await browser.newContext();
    const page = await context.newPage();
    const ran = watch(page, berth);
    const faults = await listen(page);
    await signIn(page, berth, 'ben');

    const opened = [
      `/admin/resources?selected=${planted.resource}`,
      `/admin/types?selected=${planted.type}`,
      `/timeline?date=${planted.day}&selected=${planted.reservation}`,
      `/book?date=${planted.day}&q=script`,
    ];
    const visited = await crawl({ page, berth, faults, ran }, ['/', ...UNLINKED, ...opened]);

    console.log(`${visited.length} pages: ${visited.join(' ')}`);
    expect(ran).toEqual([]);
    // The walk went where things are listed and where one of them is shown.
    expect(visited).toEqual(
      expect.arrayContaining(['/', '/book', '/timeline', '/me/bookings', '/admin/resources', '/admin/users', '/admin/roles']),
    );
    expect(visited.length).toBeGreaterThanOrEqual(20);
    // Were one of them to run, it would have been noticed.
    await page.evaluate(() => document.body.append(Object.assign(new Image(), { src: '//evil.example/pixel' })));
    await expect.poll(() => faults.take().join()).toContain('content security policy: img-src');
    await context.close();
  });

  test('AUTH-01: scripts of a page find no token anywhere', async ({ browser }) => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${berth.url}/login`);
    await page.getByLabel('E-mail or user name').fill('ben');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.waitForURL((it) => !it.pathname.startsWith('/login'));
    const cookies = await context.cookies();
    const secrets = cookies.flatMap((it) => [it.value, ...it.value.split('.')]).filter((it) => it.length > 20);

    const within = await page.evaluate(async () => ({
      cookie: document.cookie,
      local: JSON.stringify(localStorage),
      session: JSON.stringify(sessionStorage),
      history: JSON.stringify(history.state),
      address: location.href,
      caches: JSON.stringify(await caches.keys()),
      databases: JSON.stringify(await indexedDB.databases()),
      document: document.documentElement.outerHTML,
    }));

    expect(cookies.map((it) => [it.name, it.httpOnly, it.sameSite]).sort()).toEqual([
      ['berth-device', true, 'Strict'],
      ['berth-refresh', true, 'Strict'],
      ['berth-session', true, 'Strict'],
    ]);
    expect(secrets.length).toBeGreaterThan(4);
    for (const [place, text] of Object.entries(within)) {
      expect(
        secrets.filter((it) => text.includes(it)),
        place,
      ).toEqual([]);
    }
    await context.close();
  });
});

/** What ran or went out that no page of ours does. */
function watch(page: Page, berth: Berth): string[] {
  const ran: string[] = [];
  page.on('dialog', (dialog) => {
    ran.push(`${page.url()}: a dialog said ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(berth.url)) ran.push(`${page.url()}: asked for ${request.url()}`);
  });
  return ran;
}

/** Follows every link, one address of each kind. @returns the kinds of pages seen, ids written as `:id` */
async function crawl(
  { page, berth, faults, ran }: { readonly page: Page; readonly berth: Berth; readonly faults: Faults; readonly ran: string[] },
  from: readonly string[],
): Promise<string[]> {
  const visitor = visitorOf(page);
  const waiting = [...from];
  const seen = new Set<string>();
  for (let n = 0; waiting.length > 0; n++) {
    const path = waiting.shift() ?? '/';
    const kind = kindOf(path);
    if (seen.has(kind)) continue;
    seen.add(kind);
    for (const language of LONG ? LANGUAGES : [LANGUAGES[n % LANGUAGES.length]]) {
      await page.request.patch(`${berth.url}/api/v1/users/me/preferences`, { data: { language }, headers: { origin: berth.url } });
      await visitor.load(berth.url + path);
      ran.push(...faults.take().map((it) => `${path} (${language}): ${it}`));
    }
    const links = await page.locator('a[href^="/"]').evaluateAll((all) => all.map((it) => it.getAttribute('href') ?? '/'));
    waiting.push(...links.filter((it) => !it.startsWith('/api/') && !seen.has(kindOf(it))));
  }
  return [...seen];
}

/** An address with ids written as `:id`; what is opened beside a page makes it another. */
function kindOf(address: string): string {
  const { pathname, searchParams } = new URL(address, 'http://berth.invalid');
  const path = pathname
    .split('/')
    .map((it) => (NAMES.test(it) ? ':id' : it))
    .join('/');
  return searchParams.has('selected') || searchParams.has('q') ? `${path}?` : path;
}

/** Of what was planted, something to open. */
interface Planted {
  readonly resource: string;
  readonly type: string;
  readonly reservation: string;
  readonly day: string;
}

/** Every text field somebody fills in and another sees, with every text. */
async function plant(api: Api): Promise<Planted> {
  const start = Math.ceil(Date.now() / 86_400_000) * 86_400_000 + 86_400_000 + 9 * 3_600_000;
  let planted: Planted | undefined;
  for (const [i, text] of hostileTexts.entries()) {
    // The number keeps names apart.
    const name = `${text} ${i}`;
    const type = await api.post<{ id: string }>('/resource-types', {
      key: `hostile-${i}`,
      name,
      cutype: 'RESOURCE',
      fields: [{ key: 'purpose', label: name, kind: 'text' }],
    });
    const site = await api.post<{ id: string }>('/sites', { name, countryCode: 'DE', timeZone: 'Europe/Berlin', address: text });
    const floor = await api.post<{ id: string }>('/floors', { siteId: site.id, name });
    await api.post('/rooms', { floorId: floor.id, name });
    const resource = await api.post<{ id: string }>('/resources', {
      name,
      description: text,
      location: text,
      tags: [text.replaceAll(',', '').slice(0, 40)],
      typeId: type.id,
      siteId: site.id,
      floorId: floor.id,
    });
    const from = new Date(start).toISOString();
    const to = new Date(start + 3_600_000).toISOString();
    const reservation = await api.post<{ id: string }>('/reservations', {
      resourceId: resource.id,
      start: from,
      end: to,
      title: text,
      description: text,
      customFields: { purpose: text },
    });
    await api.post(`/resources/${resource.id}/blackouts`, {
      start: new Date(start + 7_200_000).toISOString(),
      end: new Date(start + 10_800_000).toISOString(),
      reason: text,
    });
    await api.post('/groups', { name, description: text });
    await api.post('/users', {
      username: `hostile${i}`,
      email: `hostile${i}@acme.example`,
      displayName: name,
      role: 'user',
      password: PASSWORD,
    });
    await api.post('/roles', { name, description: text, permissions: ['place:read'] });
    await api.post('/quotas/tiers', { name: name.slice(0, 60), perMinute: 6000 });
    await api.post('/quotas/rules', {
      name,
      who: { kind: 'everyone', id: null },
      what: { kind: 'everything', id: null },
      measure: 'count',
      window: 'day',
      limit: 1000,
    });
    await api.post('/oauth/clients', {
      name,
      type: 'confidential',
      grantTypes: ['client_credentials'],
      redirectUris: [],
      scopes: ['place:read'],
      perMinute: 60,
    });
    await api.post('/identity-providers', {
      key: `hostile-${i}`,
      name,
      issuer: `https://issuer-${i}.invalid`,
      clientId: text,
      enabled: true,
    });
    await api.post('/users/me/tokens', { name, scopes: ['place:read'], expiresInDays: 1 });
    planted ??= { resource: resource.id, type: type.id, reservation: reservation.id, day: from.slice(0, 10) };
  }
  if (!planted) throw new Error('nothing was planted');
  return planted;
}
