import { expect, type Locator, type Page } from '@playwright/test';
import type { Berth } from './berth';

/** The next day from Monday to Friday, at least one day ahead, also where the clock is up to two hours ahead of UTC: `YYYY-MM-DD`. */
export function nextWorkday(): string {
  const day = new Date(Date.now() + 26 * 3_600_000);
  while ([0, 6].includes(day.getUTCDay())) day.setUTCDate(day.getUTCDate() + 1);
  return day.toISOString().slice(0, 10);
}

/** Opens the timeline at a day and waits until its bookings are there. */
export async function openTimeline(page: Page, berth: Berth, day: string): Promise<void> {
  await page.goto(`${berth.url}/timeline?date=${day}`);
  await settled(page);
}

/** Waits until the timeline knows what is free: before that, nothing can be drawn on it. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('rowheader').first().waitFor();
  await page.waitForLoadState('networkidle');
  await expect(page.getByRole('grid')).not.toHaveAttribute('aria-busy');
}

/** The row of a resource, scrolled into view. */
export async function row(page: Page, name: string): Promise<Locator> {
  await settled(page);
  const found = page.getByRole('rowheader').filter({ hasText: name }).first();
  await found.waitFor();
  await found.scrollIntoViewIfNeeded();
  return found;
}

/** Presses at one time of a resource's row, drags to another and lets go. */
export async function dragAcross(page: Page, header: Locator, from: string, to: string): Promise<void> {
  const box = await header.boundingBox();
  if (!box) throw new Error('the row is not there');
  const y = box.y + box.height / 2;
  const [start, end] = [await xOf(page, from), await xOf(page, to)];
  await page.mouse.move(start + 1, y);
  await page.mouse.down();
  for (let step = 1; step <= 8; step++) await page.mouse.move(start + ((end - start) * step) / 8 - 1, y);
  await page.mouse.up();
}

/** Where a time of the shown day lies, from two hours of the axis. */
export async function xOf(page: Page, time: string): Promise<number> {
  const [ten, twelve] = await Promise.all(['10:00', '12:00'].map((it) => centreOf(page.getByText(it, { exact: true }).first())));
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return (ten ?? 0) + ((hour + minute / 60 - 10) * ((twelve ?? 0) - (ten ?? 0))) / 2;
}

async function centreOf(label: Locator): Promise<number> {
  const box = await label.boundingBox();
  if (!box) throw new Error('the axis is not there');
  return box.x + box.width / 2;
}

/** Presses and lets go at one time of a resource's row. */
export async function clickAt(page: Page, header: Locator, time: string): Promise<void> {
  const box = await header.boundingBox();
  if (!box) throw new Error('the row is not there');
  await page.mouse.click((await xOf(page, time)) + 2, box.y + box.height / 2);
}
