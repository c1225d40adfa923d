import type { Page } from '@playwright/test';
import { settled } from './timeline';

/** Left in the page by what is noted there. */
export interface Lags {
  lags: number[];
}

/** When the first bars were painted, and what had been asked for until then. */
export interface FirstBars {
  /** Milliseconds from the last byte of data to the painted bars. */
  readonly afterData: number;
  /** Asked for before the bars were painted, beside who is signed in. */
  readonly data: string[];
  /** Of the data, as it came over the wire. */
  readonly bytes: number;
}

/** Milliseconds of a fixed piece of work in the same page: what this machine is worth today. Median of five. */
export function calibrate(page: Page): Promise<number> {
  return page.evaluate(() => {
    const rounds = [0, 0, 0, 0, 0].map(() => {
      const start = performance.now();
      let sum = 0;
      for (let i = 0; i < 5_000_000; i++) sum = (sum + Math.imul(i, 2_654_435_761)) | 0;
      return performance.now() - start + (sum === 42 ? 1 : 0);
    });
    return rounds.sort((a, b) => a - b)[2] ?? 1;
  });
}

/** In every page opened from now on, notes when its first bars were painted. */
export async function noteFirstBars(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const noted = window as unknown as { barsAt?: number };
    const watch = new MutationObserver(() => {
      if (!document.querySelector('[data-bar]')) return;
      watch.disconnect();
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => (noted.barsAt = performance.now());
      requestAnimationFrame(() => port2.postMessage(null));
    });
    watch.observe(document, { childList: true, subtree: true });
  });
}

export async function firstBars(page: Page): Promise<FirstBars> {
  await page.waitForFunction(() => (window as unknown as { barsAt?: number }).barsAt !== undefined);
  // What was asked for in time and is still on its way has no entry yet.
  await page.waitForLoadState('networkidle');
  return page.evaluate(() => {
    const painted = (window as unknown as { barsAt: number }).barsAt;
    const asked = (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
      .map((it) => ({ path: new URL(it.name).pathname, start: it.startTime, end: it.responseEnd, bytes: it.transferSize }))
      .filter((it) => it.path.startsWith('/api/') && it.start < painted);
    const data = asked.filter((it) => it.path !== '/api/v1/users/me');
    return {
      afterData: painted - Math.max(...data.filter((it) => it.end > 0 && it.end < painted).map((it) => it.end)),
      data: data.map((it) => it.path),
      bytes: data.reduce((sum, it) => sum + it.bytes, 0),
    };
  });
}

/** Scrolls through the whole grid, rows and days. */
export async function mostElements(page: Page): Promise<number> {
  const count = () => page.evaluate(() => document.querySelectorAll('*').length);
  const grid = page.getByRole('grid');
  const { width, height } = await grid.evaluate((it) => ({
    width: it.scrollWidth - it.clientWidth,
    height: it.scrollHeight - it.clientHeight,
  }));
  let most = 0;
  for (const across of [0, 0.5, 1]) {
    for (let step = 0; step <= 12; step++) {
      await grid.evaluate((it, to) => it.scrollTo(to.left, to.top), { left: width * across, top: (height * step) / 12 });
      await page.waitForTimeout(80);
      most = Math.max(most, await count());
    }
    await settled(page);
    most = Math.max(most, await count());
  }
  return most;
}

/**
 * Notes, for each pointer event that changed the ghost, how long it took until the frame with the changed ghost was painted.
 * The frame is asked for when the event comes, not when the ghost changes: that happens within a frame, and the next one is a
 * sixtieth of a second later, when the ghost has long been seen.
 */
export async function noteGhost(page: Page): Promise<void> {
  await page.evaluate(() => {
    const noted = window as unknown as Lags;
    noted.lags = [];
    let moved: number | null = null;
    let isChanged = false;
    const { port1, port2 } = new MessageChannel();
    const nextFrame = (): number => requestAnimationFrame(() => port2.postMessage(null));
    // Sent in a frame, read after it was painted.
    port1.onmessage = () => {
      if (moved === null) return;
      if (!isChanged) return void nextFrame();
      noted.lags.push(performance.now() - moved);
      moved = null;
    };
    const note = (event: PointerEvent): void => {
      if (moved !== null) return;
      moved = event.timeStamp;
      isChanged = false;
      nextFrame();
    };
    addEventListener('pointermove', note, { capture: true });
    new MutationObserver(() => (isChanged = true)).observe(document.querySelector('.ghost')!, {
      attributes: true,
      subtree: true,
      childList: true,
    });
  });
}

/** Left in the page by what is noted there. */
export interface Stalls {
  /** Tasks that kept the page busy for more than 50 ms. */
  tasks: number[];
  /** Longest time between two frames. */
  longestFrame: number;
}

/** Notes what keeps the page from drawing. */
export async function noteStalls(page: Page): Promise<void> {
  await page.evaluate(() => {
    const noted = window as unknown as Stalls;
    noted.tasks = [];
    noted.longestFrame = 0;
    let last = performance.now();
    const frame = (): void => {
      const now = performance.now();
      noted.longestFrame = Math.max(noted.longestFrame, now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    new PerformanceObserver((list) => noted.tasks.push(...list.getEntries().map((it) => it.duration))).observe({
      entryTypes: ['longtask'],
    });
  });
}
