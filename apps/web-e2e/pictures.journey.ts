import { type Browser, type Page, expect, test } from '@playwright/test';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { signIn } from './support/api';
import { type Berth, startBerth } from './support/berth';
import { catalogue } from './support/catalogue';
import { settled } from './support/timeline';

const root = join(import.meta.dirname, '../..');
const forTheReadme = process.env['BERTH_PICTURES'] === 'docs';
const folder = join(root, forTheReadme ? 'docs/pictures' : 'test-results/pictures');
const PATIENCE_MS = 20_000;

/**
 * The pictures of the README: light, dark, desktop, phone, each of the demo organization. Every run takes them, so that they can
 * always be taken, and leaves them in `test-results/pictures`: a run changes no file of the repository, though the day shown moves.
 * `BERTH_PICTURES=docs npm run e2e -- journeys` writes them where the README shows them; commit them after looking at them.
 */
test.describe('Pictures', () => {
  let berth: Berth;
  const taken: string[] = [];
  const day = nextTuesday();
  test.beforeAll(async () => void (berth = await startBerth({ BERTH_DEMO: '1' })));
  test.afterAll(() => berth?.stop());

  test('of the timeline and the import stand in the README', async ({ browser }) => {
    mkdirSync(folder, { recursive: true });
    for (const theme of ['light', 'dark'] as const) {
      await picture(browser, `timeline-${theme}`, { colorScheme: theme }, timeline);
    }
    await picture(browser, 'timeline-phone', { viewport: { width: 360, height: 740 }, hasTouch: true }, timeline);
    await picture(browser, 'resources-import', {}, async (page) => {
      await page.goto(`${berth.url}/admin/resources?dialog=import`);
      await page.locator('input[type=file]').setInputFiles(catalogue);
      await page.getByRole('button', { name: /^Import \d/ }).waitFor();
      await page.waitForLoadState('networkidle');
    });
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    for (const name of taken) expect(readme).toContain(`docs/pictures/${name}.png`);
    expect(taken).toHaveLength(4);
  });

  async function timeline(page: Page): Promise<void> {
    await stopClock(page, new Date(`${day}T09:40:00Z`));
    await page.goto(`${berth.url}/timeline?date=${day}`);
    if (page.viewportSize()?.width === 360) await page.getByRole('heading', { level: 1 }).waitFor();
    else await settled(page);
    await page.waitForLoadState('networkidle');
  }

  async function picture(
    browser: Browser,
    name: string,
    options: Parameters<Browser['newContext']>[0],
    open: (page: Page) => Promise<void>,
  ): Promise<void> {
    const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
    await signIn(context, berth, 'admin', 'berth-demo');
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    await open(page);
    // Whatever fades in has faded in.
    await page.waitForTimeout(1000);
    await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled', caret: 'hide' });
    taken.push(name);
    await context.close();
  }
});

function nextTuesday(): string {
  const day = new Date(Date.now() + 86_400_000);
  while (day.getUTCDay() !== 2) day.setUTCDate(day.getUTCDate() + 1);
  return day.toISOString().slice(0, 10);
}

/** Working hours of the day that is shown, whenever the picture is taken. The console goes by the server's clock, so both say the same. */
async function stopClock(page: Page, time: Date): Promise<void> {
  await page.clock.setFixedTime(time);
  await page.route('**/api/v1/**', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), date: time.toUTCString() } });
  });
}
