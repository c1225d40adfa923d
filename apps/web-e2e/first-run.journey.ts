import { expect, test } from '@playwright/test';
import { type Berth, PASSWORD, SETUP_TOKEN, startBerth } from './support/berth';
import { catalogue } from './support/catalogue';
import { dragAcross, nextWorkday, openTimeline, row } from './support/timeline';

test.describe('A stranger', () => {
  let berth: Berth;
  test.beforeAll(async () => void (berth = await startBerth()));
  test.afterAll(() => berth.stop());

  test('sets Berth up, brings the catalogue in, books a room by dragging, and finds it again after everything was killed', async ({
    page,
  }) => {
    await page.goto(berth.url);
    await expect(page).toHaveURL(/\/setup/);
    await page.getByLabel('Set-up token').fill(SETUP_TOKEN);
    await page.getByLabel('Your name').fill('Ana Kaya');
    await page.getByLabel('E-mail').fill('ana@acme.example');
    await page.getByLabel('User name').fill('ana');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.keyboard.press('Enter');

    await page.getByLabel('Name of the organisation').fill('Acme');
    await page.getByLabel('Time zone').fill('Europe/Berlin');
    await page.getByRole('button', { name: /Next: what you share/ }).click();
    await page.getByRole('button', { name: /Next: start data/ }).click();
    await page.getByText('A CSV file').click();
    await page.locator('input[type=file]').setInputFiles(catalogue);
    await page.getByRole('button', { name: /Next: e-mail/ }).click();
    await page.getByRole('button', { name: /Next: review/ }).click();
    await page.getByRole('button', { name: /Set up Berth/ }).click();
    await expect(page.getByText(/added, 0 updated, 0 not taken/)).toBeVisible({ timeout: 30_000 });
    await page.getByRole('button', { name: /Next: system check/ }).click();
    await expect(page.getByRole('heading', { name: 'Does everything work?' })).toBeFocused();
    await expect(page.getByText('Changes reach this browser as they happen.')).toBeVisible({ timeout: 30_000 });
    await page.getByRole('button', { name: 'Open Berth' }).click();

    const day = nextWorkday();
    await openTimeline(page, berth, day);
    const room = await row(page, catalogue.includes('demo-resources') ? 'Cafeteria Main' : 'Turing Room');
    await dragAcross(page, room, '10:00', '11:30');
    await expect(page.getByRole('dialog')).toContainText('10:00');
    await page.keyboard.type('Project sync');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(page.getByText('Project sync').first()).toBeVisible();

    await berth.kill();
    const again = await startBerth({}, berth.dataDir);
    try {
      await page.goto(`${again.url}/login`);
      await page.getByLabel('E-mail or user name').fill('ana');
      await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await expect(page).not.toHaveURL(/\/login/);
      await openTimeline(page, again, day);
      await expect(page.getByText('Project sync').first()).toBeVisible();
    } finally {
      await again.stop();
    }
  });
});
