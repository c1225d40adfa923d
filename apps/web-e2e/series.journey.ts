import { expect, test } from '@playwright/test';
import { apiOf, type Api, booking, signIn } from './support/api';
import { everything, violationsOf } from './support/axe';
import { type Berth, setUp, startBerth } from './support/berth';
import { clickAt, nextWorkday, openTimeline, row } from './support/timeline';
import { countClicks } from './support/count-clicks';

const pictures = process.env['SERIES_PICTURES'];

test.describe('A series', () => {
  let berth: Berth;
  let api: Api;
  let turing: { id: string };
  const day = nextWorkday();
  const later = (days: number): string => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

  test.beforeAll(async () => {
    berth = await startBerth();
    api = apiOf(berth, await setUp(berth));
    turing = await api.post('/resources', { name: 'Turing', timeZone: 'Europe/Berlin' });
    await api.post('/resources', { name: 'Noether', timeZone: 'Europe/Berlin' });
    await api.post('/reservations', booking(turing.id, later(7), '14:00', '15:00', 'Budget'));
  });
  test.afterAll(() => berth.stop());
  test.beforeEach(async ({ page }) => signIn(page, berth));

  test('of weeks with one conflict takes five clicks', async ({ page }) => {
    page.setDefaultTimeout(30_000);
    await openTimeline(page, berth, day);
    const clicks = await countClicks(page);
    await clickAt(page, await row(page, 'Turing'), '14:00');
    await page.getByRole('dialog').getByRole('button', { name: 'More…' }).click();
    await page.getByRole('combobox', { name: 'Repeat' }).click();
    await page.getByRole('option', { name: /^Every week on / }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByRole('row')).toHaveCount(9);
    await expect(dialog.getByText('Budget')).toBeVisible();
    await dialog.getByRole('button', { name: /^Book 7 of 8/ }).click();
    await expect(dialog).toBeHidden();
    expect(await clicks()).toBe(5);

    const { data } = await api.get<{ data: { seriesId: string | null; title: string | null }[] }>('/reservations/my?limit=100');
    expect(data.filter((it) => it.seriesId)).toHaveLength(7);
    await page.getByRole('button', { name: /^Undo/ }).first().click();
    await expect
      .poll(
        async () =>
          (await api.get<{ data: { seriesId: string | null }[] }>('/reservations/my?limit=100')).data.filter((it) => it.seriesId).length,
      )
      .toBe(0);
  });

  test('takes another room for one date, and asks which dates are cancelled', async ({ page }) => {
    page.setDefaultTimeout(30_000);
    await openTimeline(page, berth, day);
    await clickAt(page, await row(page, 'Turing'), '14:00');
    await page.getByRole('dialog').getByRole('button', { name: 'More…' }).click();
    await page.getByRole('dialog').getByLabel('Title').fill('Weekly sync');
    await page.getByRole('combobox', { name: 'Repeat' }).click();
    await page.getByRole('option', { name: 'Own rule…' }).click();
    await page.getByRole('spinbutton', { name: 'number of times' }).fill('4');
    await page.getByRole('spinbutton', { name: 'number of times' }).blur();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByRole('row')).toHaveCount(5);
    await dialog.getByRole('button', { name: 'Noether' }).click();
    await expect(dialog.getByRole('button', { name: /^Book 4 dates/ })).toBeVisible();
    for (const [name, viewport, colorScheme] of [
      ['light', { width: 1440, height: 860 }, 'light'],
      ['dark', { width: 1440, height: 860 }, 'dark'],
      ['phone', { width: 360, height: 740 }, 'light'],
    ] as const) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      if (pictures) await page.screenshot({ path: `${pictures}/dialog-${name}.png` });
      expect(await violationsOf(page, everything, '.cdk-overlay-container')).toEqual([]);
    }
    await page.setViewportSize({ width: 1440, height: 860 });
    await page.emulateMedia({ colorScheme: 'light' });
    await dialog.getByRole('button', { name: /^Book 4 dates/ }).click();
    await expect(dialog).toBeHidden();

    await page.goto(`${berth.url}/me/bookings`);
    await page
      .getByRole('button', { name: /^Cancel.*Weekly sync/ })
      .first()
      .click();
    const question = page.getByRole('dialog');
    await expect(question.getByRole('radio')).toHaveCount(3);
    expect(await violationsOf(page, everything, '.cdk-overlay-container')).toEqual([]);
    if (pictures) await page.screenshot({ path: `${pictures}/scope.png` });
    await question.getByRole('radio', { name: 'All dates to come' }).check();
    await question.getByRole('button', { name: 'Cancel these dates' }).click();
    await expect(page.getByText(/Weekly sync/).first()).toBeVisible();
    await expect
      .poll(
        async () =>
          (await api.get<{ data: { title: string | null }[] }>('/reservations/my?limit=100')).data.filter(
            (it) => it.title === 'Weekly sync',
          ).length,
      )
      .toBe(0);
  });

  test('books the dates that are free and waits for the one that is not', async ({ page }) => {
    page.setDefaultTimeout(30_000);
    await openTimeline(page, berth, day);
    await clickAt(page, await row(page, 'Turing'), '14:00');
    await page.getByRole('dialog').getByRole('button', { name: 'More…' }).click();
    await page.getByRole('combobox', { name: 'Repeat' }).click();
    await page.getByRole('option', { name: /^Every week on / }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Wait for it' }).click();
    await expect(dialog.getByRole('button', { name: 'Wait for it' })).toHaveAttribute('aria-pressed', 'true');
    if (pictures) await page.screenshot({ path: `${pictures}/wait.png` });
    await dialog.getByRole('button', { name: /^Book 7 of 8/ }).click();
    await expect(dialog).toBeHidden();

    const { data } = await api.get<{ data: { status: string; seriesId: string | null; recurrenceId: string | null }[] }>('/waitlist');
    expect(data.map((it) => [it.status, it.seriesId !== null, it.recurrenceId?.slice(0, 10)])).toEqual([['waiting', true, later(7)]]);
  });
});
