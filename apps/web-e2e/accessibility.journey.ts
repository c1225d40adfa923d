import { type Locator, type Page, expect, test } from '@playwright/test';
import { apiOf, booking, signIn } from './support/api';
import { colours, everything, violationsOf } from './support/axe';
import { type Berth, PASSWORD, SETUP_TOKEN, setUp, startBerth } from './support/berth';
import { catalogue } from './support/catalogue';
import { listen } from './support/faults';
import { outOfSight } from './support/low-window';
import { clickAt, nextWorkday, row } from './support/timeline';
import { visitorOf } from './support/visit';

const THEMES = ['light', 'dark'] as const;
const WIDTHS = [1440, 360] as const;
const day = nextWorkday();
/** One resource of the catalogue; its id is known once the server has it. */
const known = catalogue.includes('demo-resources')
  ? { name: 'Cafeteria Main', capacity: 80, id: '' }
  : { name: 'Turing Room', capacity: 12, id: '' };
/** Somebody with two accounts; the id is that of one of them. */
const twice = { name: 'Grace Hopper', id: '' };
const PATIENCE_MS = 20_000;

/** The console before somebody's eyes. */
interface Sight {
  readonly page: Page;
  /** Goes to an address and waits for what says that its screen is there. */
  show(path: string, sign: Locator): Promise<void>;
}

type Screen = readonly [name: string, open: (sight: Sight) => Promise<void>, only?: (typeof WIDTHS)[number]];

/** A day behind the horizon of every booking made here. */
const quietDay = '2031-03-04';

const strangers: Screen[] = [
  ['sign in', ({ page, show }) => show('/login', page.getByRole('button', { name: 'Sign in' }))],
  [
    'sign in refused',
    async ({ page, show }) => {
      await show('/login', page.getByRole('button', { name: 'Sign in' }));
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByText('Enter your password').waitFor();
    },
  ],
];

const members: Screen[] = [
  ['timeline filled', ({ page, show }) => show(`/timeline?date=${day}`, page.locator('main').getByText(known.name).first()), 1440],
  // A phone shows one resource at a time, so the one with bookings is asked for.
  [
    'timeline of one resource',
    ({ page, show }) => show(`/timeline?date=${day}&capacity=${known.capacity}`, page.locator('main').getByText('Weekly review')),
    360,
  ],
  [
    'timeline with a slot chosen by a tap',
    async ({ page, show }) => {
      await show(`/timeline?date=${day}&capacity=${known.capacity}`, page.locator('main').getByText('Weekly review'));
      await page.locator('berth-resource-day .column').tap({ position: { x: 100, y: 15 * 60 + 5 } });
      await page.locator('.slot').waitFor();
    },
    360,
  ],
  [
    'who is free',
    async ({ page, show }) => {
      await show(`/timeline?date=${day}`, page.getByRole('radio', { name: 'Who is free' }));
      await page.getByRole('radio', { name: 'Who is free' }).click();
      await page.locator('berth-free-matrix li').first().waitFor();
    },
    360,
  ],
  [
    'filters of the timeline',
    async ({ page, show }) => {
      await show(`/timeline?date=${day}`, page.getByRole('button', { name: 'Filters' }));
      await page.getByRole('button', { name: 'Filters' }).click();
      await page.getByRole('dialog').waitFor();
    },
    360,
  ],
  [
    'more',
    async ({ page, show }) => {
      await show(`/timeline?date=${day}`, page.getByRole('button', { name: 'More' }));
      await page.getByRole('button', { name: 'More' }).click();
      await page.getByRole('dialog').waitFor();
    },
    360,
  ],
  ['find and book', ({ page, show }) => show(`/book?date=${day}&start=10:00&people=2`, page.locator('berth-result-row .book').first())],
  [
    'find with a phrase',
    async ({ page, show }) => {
      await show(`/book?date=${day}&start=10:00`, page.locator('berth-result-row .book').first());
      await page.keyboard.press('/');
      await page.keyboard.type('for 4 tomorrow at 2pm, something unheard of');
      await page.getByText(/something unheard/).waitFor();
    },
    1440,
  ],
  [
    'find on a phone, asking',
    async ({ page, show }) => {
      await show(`/book?date=${day}&start=10:00`, page.locator('berth-result-row .book').first());
      await page.getByRole('button', { name: 'Filters' }).click();
      await page.getByRole('dialog').waitFor();
    },
    360,
  ],
  ['find where nothing is free', ({ page, show }) => show(`/book?date=${day}&people=90000`, page.locator('berth-nothing-free'))],
  ['timeline of a quiet day', ({ page, show }) => show(`/timeline?date=${quietDay}`, page.getByRole('heading', { level: 1 }))],
  [
    'timeline without matches',
    ({ page, show }) => show(`/timeline?date=${day}&capacity=9999`, page.getByText('No resource matches these filters')),
  ],
  ['timeline of a week', ({ page, show }) => show(`/timeline?date=${day}&view=week`, page.getByRole('rowheader').first()), 1440],
  ['timeline as a table', ({ page, show }) => show(`/timeline?date=${day}&mode=table`, page.getByRole('table').first()), 1440],
  [
    'booking beside a slot',
    async ({ page, show }) => {
      await show(`/timeline?date=${day}`, page.getByRole('rowheader').first());
      await clickAt(page, await row(page, known.name), '14:00');
      await page.getByRole('dialog').waitFor();
    },
    1440,
  ],
  [
    'booking dialog',
    async ({ page, show }) => {
      await show(`/timeline?date=${day}`, page.getByRole('heading', { level: 1 }));
      await page.keyboard.press('c');
      await page.getByRole('dialog').waitFor();
    },
  ],
  ['home', ({ page, show }) => show('/', page.locator('berth-needs-panel li').first())],
  ['my bookings of a week', ({ page, show }) => show(`/me/bookings?view=week&date=${day}`, page.locator('[data-booking]').first())],
  ['my bookings of a month', ({ page, show }) => show('/me/bookings?view=month', page.getByRole('grid'))],
  ['my bookings', ({ page, show }) => show('/me/bookings', page.getByText('Weekly review').first())],
  ['my bookings that are over', ({ page, show }) => show('/me/bookings?scope=cancelled', page.getByRole('heading', { level: 1 }))],
  [
    'a booking opened',
    async ({ page, show }) => {
      await show('/me/bookings', page.getByText('Weekly review').first());
      await page.locator('[data-booking]').first().click();
      await page.getByRole('complementary').or(page.getByRole('dialog')).first().waitFor();
    },
  ],
  [
    'import of bookings',
    async ({ page, show }) => {
      await show('/me/bookings', page.getByText('Weekly review').first());
      await page.getByRole('button', { name: 'More for many bookings' }).click();
      await page.getByRole('menuitem', { name: 'Import…' }).click();
      await page.getByRole('dialog').waitFor();
    },
  ],
  ['resources', ({ page, show }) => show('/admin/resources', page.getByText(known.name).first())],
  ...(['overview', 'rules', 'hours', 'status'] as const).map((tab): Screen => [
    `one resource, ${tab}`,
    async ({ page, show }) => {
      await show(`/admin/resources?selected=${known.id}&tab=${tab}`, page.getByRole('tab', { selected: true }));
      await page.getByRole('tabpanel').locator('input, button').first().waitFor();
    },
  ]),
  [
    'the check-in code of a resource',
    async ({ page, show }) => {
      await show(`/admin/resources?selected=${known.id}&tab=overview`, page.getByRole('tab', { selected: true }));
      await page.getByRole('button', { name: 'Check-in code' }).click();
      await page.getByRole('dialog').getByRole('img').first().waitFor();
    },
  ],
  [
    'a closure that comes again',
    async ({ page, show }) => {
      await show(`/admin/resources?selected=${known.id}&tab=hours`, page.getByRole('tab', { selected: true }));
      await page.locator('berth-closures summary').click();
      await page.locator('berth-closures').getByLabel('From').fill('2031-03-03T12:00');
      await page.locator('berth-closures').getByLabel('Repeat').selectOption('weekly');
      await page.locator('berth-closures').getByLabel('Ends').selectOption('until');
    },
  ],
  [
    'a type and its questions',
    async ({ page, show }) => {
      await show('/admin/types', page.getByRole('heading', { level: 1 }));
      await page.getByRole('navigation', { name: 'Types' }).getByRole('button').first().click();
      await page.getByRole('heading', { level: 2 }).first().waitFor();
    },
  ],
  ['booking rules', ({ page, show }) => show('/admin/rules', page.getByText('At least', { exact: false }).first())],
  ['security', ({ page, show }) => show('/admin/security', page.getByLabel('Owner'))],
  ['system', ({ page, show }) => show('/admin/system', page.getByRole('button', { name: 'Look again' }))],
  ['audit log', ({ page, show }) => show('/admin/audit', page.getByRole('button', { name: 'Live' }))],
  ['own activity', ({ page, show }) => show('/me/activity', page.locator('berth-event-list li').first())],
  ['approvals', ({ page, show }) => show('/approvals', page.locator('berth-request-background dl'))],
  [
    'a question about a request',
    async ({ page, show }) => {
      await show('/approvals', page.locator('berth-request-background dl'));
      await page.getByRole('button', { name: 'Ask', exact: false }).click();
      await page.getByRole('dialog').waitFor();
    },
  ],
  ['checking in at the door', ({ page, show }) => show('/check-in?token=none', page.getByRole('button', { name: 'Check in' }))],
  ['notifications', ({ page, show }) => show('/notifications', page.getByRole('tab', { selected: true }))],
  [
    'a link of a letter that does nothing any more',
    ({ page, show }) => show('/act#none', page.getByRole('link', { name: 'Open in Berth' })),
  ],
  [
    'the notification drawer',
    async ({ page, show }) => {
      await show('/me/waitlist', page.getByRole('heading', { level: 1 }));
      await page.locator('berth-notification-bell button').click();
      await page.getByRole('dialog').getByRole('tab', { selected: true }).waitFor();
    },
  ],
  ['waitlist', ({ page, show }) => show('/me/waitlist', page.getByRole('heading', { level: 1 }))],
  ['a new resource', ({ page, show }) => show('/admin/resources?dialog=new', page.getByRole('dialog'))],
  [
    'import with its dry run',
    async ({ page, show }) => {
      await show('/admin/resources?dialog=import', page.getByRole('dialog'));
      await page.locator('input[type=file]').setInputFiles(catalogue);
      await page
        .getByRole('button', { name: /^Import \d/ })
        .or(page.getByRole('region'))
        .first()
        .waitFor();
    },
  ],
  [
    'two accounts of one person',
    async ({ page, show }) => {
      await show(`/admin/users?id=${twice.id}`, page.getByRole('button', { name: 'Merge', exact: true }));
      await page.getByRole('button', { name: 'Merge', exact: true }).click();
      await page.getByRole('combobox', { name: 'The account that stays' }).fill(twice.name);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.getByText('Goes over', { exact: true }).waitFor();
    },
  ],
  [
    'a new token',
    async ({ page, show }) => {
      await show('/me/tokens', page.getByRole('heading', { level: 1 }));
      await page.getByRole('button', { name: 'Make a token' }).click();
      await page.getByRole('dialog').getByLabel('What it is for').waitFor();
    },
  ],
  [
    'help',
    async ({ page, show }) => {
      await show(`/timeline?date=${day}`, page.getByRole('heading', { level: 1 }));
      await page.getByRole('button', { name: 'Help and shortcuts' }).click();
      await page.getByRole('dialog').waitFor();
    },
    1440,
  ],
  [
    'palette',
    async ({ page, show }) => {
      await show(`/timeline?date=${day}`, page.getByRole('heading', { level: 1 }));
      await page.keyboard.press('Control+k');
      await page.getByRole('listbox').waitFor();
    },
  ],
];

/** Pages that are whole as soon as they have their heading. */
const plain: Screen[] = [
  ...['profile', 'notifications', 'security', 'tokens', 'ssh-keys', 'quotas', 'privacy'].map((it) => `/me/${it}`),
  ...['users', 'groups', 'roles', 'delegation', 'explain', 'providers', 'clients', 'webhooks', 'webhooks/new', 'quotas'].map(
    (it) => `/admin/${it}`,
  ),
  '/device',
].map((path) => [path, ({ page, show }) => show(path, page.getByRole('heading', { level: 1 }))]);

test.describe('Everybody can use', () => {
  let fresh: Berth;
  let berth: Berth;

  test.beforeAll(async () => {
    [fresh, berth] = await Promise.all([startBerth(), startBerth()]);
    const api = apiOf(berth, await setUp(berth));
    await api.upload(catalogue);
    const { data } = await api.get<{ data: { id: string; name: string }[] }>(`/resources?q=${encodeURIComponent(known.name)}&limit=1`);
    const { id = '' } = data[0] ?? {};
    expect(data).toEqual([expect.objectContaining({ name: known.name })]);
    known.id = id;
    for (const username of ['grace', 'grace.hopper']) {
      const person = { username, displayName: twice.name, email: `${username}@acme.example`, role: 'user', password: PASSWORD };
      twice.id = (await api.post<{ id: string }>('/users', person)).id;
    }
    await api.post('/reservations', booking(id, day, '09:00', '10:00', 'Weekly review'));
    await api.post('/reservations', booking(id, day, '12:00', '13:30', 'Lunch for all'));
    const all = await api.get<{ data: { id: string; requiresApproval: boolean }[] }>('/resources?limit=200');
    await api.post('/reservations', booking(all.data.find((it) => it.requiresApproval)?.id ?? '', day, '10:00', '11:00', 'Board meeting'));
  });
  test.afterAll(() => Promise.all([fresh, berth].map((it) => it?.stop())));

  for (const width of WIDTHS) {
    test(`every screen, light and dark, ${width} px wide`, async ({ browser }) => {
      test.setTimeout(600_000);
      const context = await browser.newContext({
        viewport: { width, height: width === 360 ? 740 : 860 },
        reducedMotion: 'reduce',
        hasTouch: width === 360,
      });
      const page = await context.newPage();
      page.setDefaultTimeout(PATIENCE_MS);
      const faults = await listen(page);
      const visitor = visitorOf(page);
      const sight = (berth: Berth, open: (address: string) => Promise<void>): Sight => ({
        page,
        show: async (path, sign) => {
          await open(berth.url + path);
          await sign.waitFor();
        },
      });
      const found: string[] = [];
      const look = async (name: string, open: () => Promise<void>): Promise<void> => {
        const before = found.length;
        try {
          await open();
          await visitor.rest();
          for (const theme of THEMES) found.push(...(await judge(page, name, theme)));
          found.push(...(await outOfSight(page)).map((it) => `${name}: ${it}`));
        } catch (error) {
          found.push(`${name}: cannot be opened: ${String(error).split('\n')[0]}`);
        }
        found.push(...faults.take().map((it) => `${name}: ${it}`));
        for (const it of found.slice(before)) console.log(it);
      };
      const lookAtAll = async (screens: readonly Screen[], at: Sight): Promise<void> => {
        for (const [name, open, only] of screens) if (!only || only === width) await look(name, () => open(at));
      };

      await setUpSteps(sight(fresh, visitor.load), look);
      await lookAtAll(strangers, sight(berth, visitor.load));
      await signIn(page, berth);
      await visitor.load(berth.url);
      await lookAtAll([...members, ...plain], sight(berth, visitor.go));
      await context.close();
      expect(found).toEqual([]);
    });
  }
});

/** The wizard up to its last step, which is left alone for the next pass. */
async function setUpSteps({ page, show }: Sight, look: (name: string, open: () => Promise<void>) => Promise<void>): Promise<void> {
  const next = (name: RegExp) => page.getByRole('button', { name }).click();
  const heading = (name: string) => page.getByRole('heading', { name }).waitFor();
  await look('set-up, account', () => show('/setup', page.getByLabel('Set-up token')));
  await look('set-up, organization', async () => {
    await page.getByLabel('Set-up token').fill(SETUP_TOKEN);
    await page.getByLabel('Your name').fill('Ana Kaya');
    await page.getByLabel('E-mail').fill('ana@acme.example');
    await page.getByLabel('User name').fill('ana');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await heading('Your organisation');
  });
  await look('set-up, what to share', async () => {
    await page.getByLabel('Name of the organisation').fill('Acme');
    await next(/Next: what you share/);
    await heading('What will you share?');
  });
  await look('set-up, start data', async () => {
    await next(/Next: start data/);
    await heading('How do you want to start?');
  });
  await look('set-up, e-mail', async () => {
    await next(/Next: e-mail/);
    await heading('Can Berth write to people?');
  });
  await look('set-up, review', async () => {
    await next(/Next: review/);
    await heading('All as you want it?');
  });
}

async function judge(page: Page, name: string, theme: (typeof THEMES)[number]): Promise<string[]> {
  await page.emulateMedia({ colorScheme: theme });
  const found = await violationsOf(page, theme === THEMES[0] ? everything : colours);
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  return [...found, ...(beyond > 0 ? [`the page scrolls ${beyond} px sideways`] : [])].map((it) => `${name}, ${theme}: ${it}`);
}
