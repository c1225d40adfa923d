import { expect, test } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { apiOf, signIn } from './support/api';
import { type Berth, setUp, startBerth } from './support/berth';
import { clickAt, nextWorkday, openTimeline, row } from './support/timeline';

test.describe('Who has booked', () => {
  let berth: Berth;
  const day = nextWorkday();

  test.beforeAll(async () => {
    berth = await startBerth();
    await apiOf(berth, await setUp(berth)).post('/resources', { name: 'Turing', timeZone: 'Europe/Berlin' });
  });
  test.afterAll(() => berth?.stop());

  test('takes the booking into a calendar, also while the next one is being filled in', async ({ page }) => {
    page.setDefaultTimeout(20_000);
    await signIn(page, berth);
    await openTimeline(page, berth, day);
    await clickAt(page, await row(page, 'Turing'), '10:00');
    await page.getByRole('dialog').getByLabel('Title').fill('Budget; draft');
    await page.keyboard.press('Enter');
    await expect(page.getByText(/Turing is booked/)).toBeVisible();

    await page.getByRole('button', { name: /^Book/ }).first().click();
    await expect(page.getByRole('dialog', { name: 'New booking' })).toBeVisible();
    // A press reaches the message although a modal dialog is open; what it says is told to screen readers, too.
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Add to calendar' }).click();
    const text = readFileSync(await (await download).path(), 'utf8');

    expect(text).toContain('SUMMARY:Budget\\; draft\r\n');
    expect(text).toContain(`DTSTART:${day.replaceAll('-', '')}T`);
    await expect(page.getByRole('button', { name: /^Undo/ })).toBeVisible();
  });
});
