import type { Page } from '@playwright/test';
import axe, { type RunOnly } from 'axe-core';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What is asked of every screen. */
export const everything: RunOnly = { type: 'tag', values: TAGS };

/** The rules about colours: all that another colour scheme can break, as nothing else changes with it. */
export const colours: RunOnly = {
  type: 'rule',
  values: axe.getRules(['cat.color']).flatMap(({ ruleId, tags }) => (tags.some((it) => TAGS.includes(it)) ? [ruleId] : [])),
};

/**
 * What axe finds in a page once nothing fades any more, one line for each rule that is broken. It runs inside of the page and tells of violations only:
 * carrying thousands of elements that pass out of the page takes longer than to look at them.
 * @param within selector of the part that is looked at
 */
export async function violationsOf(page: Page, runOnly = everything, within = ':root'): Promise<string[]> {
  await painted(page);
  // A page that is left takes axe with it.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    ([part, wanted]) =>
      (window as Window & typeof globalThis & { axe: typeof axe }).axe.run(part, { runOnly: wanted, resultTypes: ['violations'] }),
    [within, runOnly] as const,
  );
  return violations.map(({ id, nodes }) => {
    const [first] = nodes;
    return `${id} (${nodes.length} ×): ${first?.html.slice(0, 160)} · ${first?.failureSummary?.replace(/\s+/g, ' ').slice(0, 240)}`;
  });
}

/**
 * Colours have changed, and whatever fades has faded. Fading is brought to its end, as Chromium lets some go on for ever where nothing
 * else is drawn; the end of one may begin that of what inherits from it.
 */
async function painted(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let round = 0; round < 20; round++) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const fading = document
        .getAnimations()
        .filter((it) => it.effect?.getComputedTiming().endTime !== Infinity && it.playState !== 'finished');
      if (fading.length === 0) return;
      for (const it of fading) it.finish();
    }
  });
}
