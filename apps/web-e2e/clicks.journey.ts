import { expect, test } from '@playwright/test';
import { apiOf, type Api, booking, signIn } from './support/api';
import { type Berth, setUp, startBerth } from './support/berth';
import { clickAt, nextWorkday, openTimeline, row } from './support/timeline';
import { countClicks } from './support/count-clicks';

test.describe('Counted', () => {
  let berth: Berth;
  let api: Api;
  let turing: { id: string };
  const day = nextWorkday();

  test.beforeAll(async () => {
    berth = await startBerth();
    api = apiOf(berth, await setUp(berth));
    turing = await api.post('/resources', { name: 'Turing', timeZone: 'Europe/Berlin' });
    await api.post('/resources', { name: 'Noether', timeZone: 'Europe/Berlin' });
  });
  test.afterAll(() => berth.stop());
  test.beforeEach(async ({ page }) => signIn(page, berth));

  test('a known room at a visible time takes two clicks', async ({ page }) => {
    await openTimeline(page, berth, day);
    const clicks = await countClicks(page);
    await clickAt(page, await row(page, 'Noether'), '10:00');
    await page.getByRole('dialog').getByRole('button', { name: 'Book' }).click();
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(page.locator('.bar.mine').first()).toBeVisible();
    expect(await clicks()).toBe(2);
  });

  test('any free room now takes two clicks', async ({ page }) => {
    await page.goto(`${berth.url}/me/bookings`);
    const clicks = await countClicks(page);
    await page.getByRole('navigation').getByRole('link', { name: 'Book', exact: true }).click();
    await page
      .getByRole('button', { name: /^Book .*, (Turing|Noether)$/ })
      .first()
      .click();
    await expect(page.getByText(/ is booked, /).first()).toBeVisible();
    await expect.poll(runningNow).toBe(1);
    expect(await clicks()).toBe(2);
  });

  test('the next booking is cancelled by one click and comes back by Undo', async ({ page }) => {
    await api.post('/reservations', booking(turing.id, day, '15:00', '16:00', 'Weekly review'));
    await page.goto(`${berth.url}/me/bookings`);
    const cancel = page.getByRole('button', { name: /^Cancel.*Weekly review/ });
    await expect(cancel).toBeVisible();
    const clicks = await countClicks(page);
    await cancel.click();
    await expect(page.getByText(/Weekly review.*cancelled/i).first()).toBeVisible();
    await expect.poll(() => statusOf('Weekly review')).toBe('cancelled');
    expect(await clicks()).toBe(1);
    await page.getByRole('button', { name: /^Undo/ }).click();
    await expect.poll(() => statusOf('Weekly review')).toBe('confirmed');
    await expect(cancel).toBeVisible();
    expect(await clicks()).toBe(2);
  });

  test('the keyboard alone books the slot beside the cursor', async ({ page }) => {
    await openTimeline(page, berth, day);
    await page.getByRole('grid').focus();
    const keys = ['ArrowDown', 'ArrowRight', 'ArrowRight', 'Enter', 'ArrowRight', 'Enter'];
    for (const key of keys) await page.keyboard.press(key);
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByLabel('Title')).toBeFocused();
    await page.keyboard.type('By keyboard');
    await page.keyboard.press('Enter');
    await expect(dialog).toBeHidden();
    await expect.poll(() => statusOf('By keyboard')).toBe('confirmed');
    console.log(`booked by ${keys.length + 1} keystrokes besides the title`);
    expect(keys.length + 1).toBeLessThanOrEqual(12);
    await expect(page.getByRole('grid')).toBeFocused();
  });

  async function runningNow(): Promise<number> {
    const { data } = await api.get<{ data: { start: string; end: string }[] }>('/reservations/my?scope=all&limit=100');
    return data.filter((it) => Date.parse(it.start) <= Date.now() && Date.parse(it.end) > Date.now()).length;
  }

  async function statusOf(title: string): Promise<string | undefined> {
    const { data } = await api.get<{ data: { title: string; status: string }[] }>('/reservations/my?scope=all&limit=100');
    return data.find((it) => it.title === title)?.status;
  }
});
