import { AxeBuilder } from '@axe-core/playwright';
import { type Page, expect, test } from '@playwright/test';
import { apiOf, booking, signIn } from './support/api';
import { type Berth, PASSWORD, SETUP_TOKEN, setUp, startBerth } from './support/berth';
import { catalogue } from './support/catalogue';
import { listen } from './support/faults';
import { clickAt, nextWorkday, row } from './support/timeline';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const THEMES = ['light', 'dark'] as const;
const WIDTHS = [1440, 360] as const;
const day = nextWorkday();
/** One resource of the catalogue; its id is known once the server has it. */
const known = catalogue.includes('demo-resources')
  ? { name: 'Cafeteria Main', capacity: 80, id: '' }
  : { name: 'Turing Room', capacity: 12, id: '' };
const PATIENCE_MS = 20_000;

type Screen = readonly [name: string, open: (page: Page, url: string) => Promise<void>, only?: (typeof WIDTHS)[number]];

/** A day behind the horizon of every booking made here. */
const quietDay = '2031-03-04';

const strangers: Screen[] = [
  ['sign in', (page, url) => show(page, `${url}/login`, page.getByRole('button', { name: 'Sign in' }))],
  [
    'sign in refused',
    async (page, url) => {
      await show(page, `${url}/login`, page.getByRole('button', { name: 'Sign in' }));
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByText('Enter your password').waitFor();
    },
  ],
];

const members: Screen[] = [
  ['timeline filled', (page, url) => show(page, `${url}/timeline?date=${day}`, page.locator('main').getByText(known.name).first()), 1440],
  // A phone shows one resource at a time, so the one with bookings is asked for.
  [
    'timeline of one resource',
    (page, url) => show(page, `${url}/timeline?date=${day}&capacity=${known.capacity}`, page.locator('main').getByText('Weekly review')),
    360,
  ],
  [
    'timeline with a slot chosen by a tap',
    async (page, url) => {
      await show(page, `${url}/timeline?date=${day}&capacity=${known.capacity}`, page.locator('main').getByText('Weekly review'));
      await page.locator('berth-resource-day .column').tap({ position: { x: 100, y: 15 * 60 + 5 } });
      await page.locator('.slot').waitFor();
    },
    360,
  ],
  [
    'who is free',
    async (page, url) => {
      await show(page, `${url}/timeline?date=${day}`, page.getByRole('radio', { name: 'Who is free' }));
      await page.getByRole('radio', { name: 'Who is free' }).click();
      await page.locator('berth-free-matrix li').first().waitFor();
    },
    360,
  ],
  [
    'filters of the timeline',
    async (page, url) => {
      await show(page, `${url}/timeline?date=${day}`, page.getByRole('button', { name: 'Filters' }));
      await page.getByRole('button', { name: 'Filters' }).click();
      await page.getByRole('dialog').waitFor();
    },
    360,
  ],
  [
    'more',
    async (page, url) => {
      await show(page, `${url}/timeline?date=${day}`, page.getByRole('button', { name: 'More' }));
      await page.getByRole('button', { name: 'More' }).click();
      await page.getByRole('dialog').waitFor();
    },
    360,
  ],
  [
    'find and book',
    (page, url) => show(page, `${url}/book?date=${day}&start=10:00&people=2`, page.locator('berth-result-row .book').first()),
  ],
  [
    'find with a phrase',
    async (page, url) => {
      await show(page, `${url}/book?date=${day}&start=10:00`, page.locator('berth-result-row .book').first());
      await page.keyboard.press('/');
      await page.keyboard.type('for 4 tomorrow at 2pm, something unheard of');
      await page.getByText(/something unheard/).waitFor();
    },
    1440,
  ],
  [
    'find on a phone, asking',
    async (page, url) => {
      await show(page, `${url}/book?date=${day}&start=10:00`, page.locator('berth-result-row .book').first());
      await page.getByRole('button', { name: 'Filters' }).click();
      await page.getByRole('dialog').waitFor();
    },
    360,
  ],
  ['find where nothing is free', (page, url) => show(page, `${url}/book?date=${day}&people=90000`, page.locator('berth-nothing-free'))],
  ['timeline of a quiet day', (page, url) => show(page, `${url}/timeline?date=${quietDay}`, page.getByRole('heading', { level: 1 }))],
  [
    'timeline without matches',
    (page, url) => show(page, `${url}/timeline?date=${day}&capacity=9999`, page.getByText('No resource matches these filters')),
  ],
  ['timeline of a week', (page, url) => show(page, `${url}/timeline?date=${day}&view=week`, page.getByRole('rowheader').first()), 1440],
  ['timeline as a table', (page, url) => show(page, `${url}/timeline?date=${day}&mode=table`, page.getByRole('table').first()), 1440],
  [
    'booking beside a slot',
    async (page, url) => {
      await show(page, `${url}/timeline?date=${day}`, page.getByRole('rowheader').first());
      await clickAt(page, await row(page, known.name), '14:00');
      await page.getByRole('dialog').waitFor();
    },
    1440,
  ],
  [
    'booking dialog',
    async (page, url) => {
      await show(page, `${url}/timeline?date=${day}`, page.getByRole('heading', { level: 1 }));
      await page.keyboard.press('c');
      await page.getByRole('dialog').waitFor();
    },
  ],
  ['home', (page, url) => show(page, `${url}/`, page.getByRole('heading', { name: 'Book again' }))],
  ['my bookings of a week', (page, url) => show(page, `${url}/me/bookings?view=week&date=${day}`, page.locator('[data-booking]').first())],
  ['my bookings of a month', (page, url) => show(page, `${url}/me/bookings?view=month`, page.getByRole('grid'))],
  ['my bookings', (page, url) => show(page, `${url}/me/bookings`, page.getByText('Weekly review').first())],
  ['my bookings that are over', (page, url) => show(page, `${url}/me/bookings?scope=cancelled`, page.getByRole('heading', { level: 1 }))],
  [
    'a booking opened',
    async (page, url) => {
      await show(page, `${url}/me/bookings`, page.getByText('Weekly review').first());
      await page.locator('[data-booking]').first().click();
      await page.getByRole('complementary').or(page.getByRole('dialog')).first().waitFor();
    },
  ],
  [
    'import of bookings',
    async (page, url) => {
      await show(page, `${url}/me/bookings`, page.getByText('Weekly review').first());
      await page.getByRole('button', { name: 'More for many bookings' }).click();
      await page.getByRole('menuitem', { name: 'Import…' }).click();
      await page.getByRole('dialog').waitFor();
    },
  ],
  ['resources', (page, url) => show(page, `${url}/admin/resources`, page.getByText(known.name).first())],
  ...(['overview', 'rules', 'hours', 'status'] as const).map((tab): Screen => [
    `one resource, ${tab}`,
    async (page, url) => {
      await show(page, `${url}/admin/resources?selected=${known.id}&tab=${tab}`, page.getByRole('tab', { selected: true }));
      await page.getByRole('tabpanel').locator('input, button').first().waitFor();
    },
  ]),
  [
    'the check-in code of a resource',
    async (page, url) => {
      await show(page, `${url}/admin/resources?selected=${known.id}&tab=overview`, page.getByRole('tab', { selected: true }));
      await page.getByRole('button', { name: 'Check-in code' }).click();
      await page.getByRole('dialog').getByRole('img').first().waitFor();
    },
  ],
  [
    'a type and its questions',
    async (page, url) => {
      await show(page, `${url}/admin/types`, page.getByRole('heading', { level: 1 }));
      await page.getByRole('navigation', { name: 'Types' }).getByRole('button').first().click();
      await page.getByRole('heading', { level: 2 }).first().waitFor();
    },
  ],
  ['booking rules', (page, url) => show(page, `${url}/admin/rules`, page.getByText('At least', { exact: false }).first())],
  ['system', (page, url) => show(page, `${url}/admin/system`, page.getByRole('button', { name: 'Look again' }))],
  ['approvals', (page, url) => show(page, `${url}/approvals`, page.getByRole('heading', { level: 1 }))],
  ['waitlist', (page, url) => show(page, `${url}/me/waitlist`, page.getByRole('heading', { level: 1 }))],
  ['a new resource', (page, url) => show(page, `${url}/admin/resources?dialog=new`, page.getByRole('dialog'))],
  [
    'import with its dry run',
    async (page, url) => {
      await show(page, `${url}/admin/resources?dialog=import`, page.getByRole('dialog'));
      await page.locator('input[type=file]').setInputFiles(catalogue);
      await page
        .getByRole('button', { name: /^Import \d/ })
        .or(page.getByRole('region'))
        .first()
        .waitFor();
    },
  ],
  [
    'help',
    async (page, url) => {
      await show(page, `${url}/timeline?date=${day}`, page.getByRole('heading', { level: 1 }));
      await page.getByRole('button', { name: 'Help and shortcuts' }).click();
      await page.getByRole('dialog').waitFor();
    },
    1440,
  ],
  [
    'palette',
    async (page, url) => {
      await show(page, `${url}/timeline?date=${day}`, page.getByRole('heading', { level: 1 }));
      await page.keyboard.press('Control+k');
      await page.getByRole('listbox').waitFor();
    },
  ],
];

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
    await api.post('/reservations', booking(id, day, '09:00', '10:00', 'Weekly review'));
    await api.post('/reservations', booking(id, day, '12:00', '13:30', 'Lunch for all'));
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
      const found: string[] = [];
      const look = async (name: string, open: () => Promise<void>): Promise<void> => {
        const before = found.length;
        try {
          await open();
          for (const theme of THEMES) found.push(...(await judge(page, `${name}, ${theme}`, theme)));
        } catch (error) {
          found.push(`${name}: cannot be opened: ${String(error).split('\n')[0]}`);
        }
        found.push(...faults.take().map((it) => `${name}: ${it}`));
        for (const it of found.slice(before)) console.log(it);
      };

      await setUpSteps(page, fresh.url, look);
      for (const [name, open, only] of strangers) if (!only || only === width) await look(name, () => open(page, berth.url));
      await signIn(page, berth);
      for (const [name, open, only] of members) if (!only || only === width) await look(name, () => open(page, berth.url));
      await context.close();
      expect(found).toEqual([]);
    });
  }
});

async function show(page: Page, address: string, sign: { waitFor(): Promise<void> }): Promise<void> {
  await page.goto(address);
  await sign.waitFor();
  await page.waitForLoadState('networkidle');
}

/** The wizard up to its last step, which is left alone for the next pass. */
async function setUpSteps(page: Page, url: string, look: (name: string, open: () => Promise<void>) => Promise<void>): Promise<void> {
  const next = (name: RegExp) => page.getByRole('button', { name }).click();
  const heading = (name: string) => page.getByRole('heading', { name }).waitFor();
  await look('set-up, account', () => show(page, `${url}/setup`, page.getByLabel('Set-up token')));
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
  await look('set-up, review', async () => {
    await next(/Next: review/);
    await heading('All as you want it?');
  });
}

async function judge(page: Page, name: string, theme: (typeof THEMES)[number]): Promise<string[]> {
  await page.emulateMedia({ colorScheme: theme });
  await painted(page);
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  const found = violations.map(
    (it) =>
      `${name}: ${it.id} (${it.nodes.length} ×): ${it.nodes[0]?.html.slice(0, 160)} · ${it.nodes[0]?.failureSummary?.replace(/\s+/g, ' ').slice(0, 240)}`,
  );
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  return beyond > 0 ? [...found, `${name}: the page scrolls ${beyond} px sideways`] : found;
}

/**
 * Colours have changed, and whatever fades has faded. Now and then Chromium lets the transition of the root's colour run for ever
 * where nothing else is drawn; what lasts longer than two seconds is looked at as it is.
 */
async function painted(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const ends = document.getAnimations().map((it) => (it.effect?.getTiming().iterations === Infinity ? null : it.finished));
    await Promise.race([Promise.allSettled(ends), new Promise((resolve) => setTimeout(resolve, 2_000))]);
  });
}
