import { type Page, expect, test } from '@playwright/test';
import { signIn } from './support/api';
import { type Berth, setUp, startBerth } from './support/berth';
import { nextWorkday } from './support/timeline';

const words = { es: 'Iniciar sesión', fr: 'Se connecter', de: 'Anmelden' } as const;

test.describe('Speaks', () => {
  let berth: Berth;
  test.beforeAll(async () => {
    berth = await startBerth();
    await setUp(berth);
  });
  test.afterAll(() => berth.stop());

  for (const language of ['es', 'fr', 'de'] as const) {
    test(language, async ({ browser }) => {
      const context = await browser.newContext({ locale: language });
      const page = await context.newPage();
      await page.goto(`${berth.url}/login`, { waitUntil: 'networkidle' });
      await expect(page.locator('html')).toHaveAttribute('lang', language);
      await expect(page.getByRole('button', { name: words[language] })).toBeVisible();
      expect(await rawKeys(page)).toEqual([]);

      await signIn(page, berth);
      await page.request.patch(`${berth.url}/api/v1/users/me/preferences`, { data: { language }, headers: { origin: berth.url } });
      for (const address of [`/timeline?date=${nextWorkday()}`, `/book?date=${nextWorkday()}`, '/me/bookings', '/admin/resources']) {
        await page.goto(berth.url + address, { waitUntil: 'networkidle' });
        await expect(page.locator('html')).toHaveAttribute('lang', language);
        expect(await rawKeys(page), address).toEqual([]);
      }
      await context.close();
    });
  }
});

/** Names of texts where a text should stand. */
function rawKeys(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    while (walker.nextNode()) {
      const text = walker.currentNode.textContent?.trim() ?? '';
      if (/^[a-z]+(\.[a-zA-Z-]+)+$/.test(text)) found.push(text);
    }
    return found;
  });
}
