import { expect, type Page } from '@playwright/test';

const LOW_PX = 400;

/** What is wrong with what is open where a window is low, as on a phone on its side or a page that is zoomed in: its buttons stay in sight. */
export async function outOfSight(page: Page): Promise<string[]> {
  const size = page.viewportSize();
  const frames = page.locator('berth-dialog-frame');
  if (!size || (await frames.count()) === 0) return [];
  await page.setViewportSize({ ...size, height: LOW_PX });
  const fits = (): Promise<boolean> =>
    frames.evaluateAll((all) => all.map((it) => it.getBoundingClientRect()).every((it) => it.top >= 0 && it.bottom <= innerHeight));
  const does = await expect
    .poll(fits, { timeout: 3000 })
    .toBe(true)
    .then(
      () => true,
      () => false,
    );
  await page.setViewportSize(size);
  return does ? [] : [`what is open does not fit into a window ${LOW_PX} px high`];
}
