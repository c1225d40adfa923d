import { expect, type Page } from '@playwright/test';

const QUIET_MS = 100;

/** Goes about a console that is open already, as its links and Back do, without loading it again each time. */
export interface Visitor {
  /** Opens an address from nothing. */
  load(address: string): Promise<void>;
  /** Goes to an address of what is open. */
  go(address: string): Promise<void>;
  /** Waits until nothing is asked of the server and nothing on the page is said to be loading. */
  rest(): Promise<void>;
}

export function visitorOf(page: Page): Visitor {
  let underWay = 0;
  let changedAt = 0;
  const count = (by: 1 | -1) => (): void => {
    underWay += by;
    changedAt = Date.now();
  };
  page.on('request', count(1));
  page.on('requestfinished', count(-1));
  page.on('requestfailed', count(-1));
  const rest = async (): Promise<void> => {
    await expect.poll(() => underWay === 0 && Date.now() - changedAt >= QUIET_MS, { intervals: [20] }).toBe(true);
    await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
  };
  const load = async (address: string): Promise<void> => {
    await page.goto(address);
    await rest();
  };
  return {
    rest,
    load,
    go: async (address) => {
      // To go where one is changes nothing; and what floats over a screen has a word in what the address is when it closes.
      if (page.url() === address || (await page.getByRole('dialog').count()) > 0) return load(address);
      await page.evaluate((it) => {
        history.pushState(null, '', it);
        dispatchEvent(new PopStateEvent('popstate', { state: null }));
      }, address);
      // The router notes its number of the visit once the screen is chosen, its code loaded and its guards passed.
      await page.waitForFunction(() => (history.state as { navigationId?: number } | null)?.navigationId !== undefined);
      await rest();
    },
  };
}
