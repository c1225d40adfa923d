import { type BrowserContext, type CDPSession, type Locator, type Page, expect, test } from '@playwright/test';
import { apiOf, type Api, signIn } from './support/api';
import { type Berth, setUp, startBerth } from './support/berth';
import { readCode } from './support/qr';
import { nextWorkday } from './support/timeline';

const PX_PER_HOUR = 60;
const LONG_PRESS_MS = 700;

/** A finger on the phone's timeline, as the browser reports one: not a mouse that pretends. */
test.describe('A finger', () => {
  let berth: Berth;
  let api: Api;
  let context: BrowserContext;
  let page: Page;
  let finger: Finger;
  const day = nextWorkday();

  test.beforeAll(async ({ browser }) => {
    berth = await startBerth();
    api = apiOf(berth, await setUp(berth));
    await api.post('/resources', { name: 'Noether', timeZone: 'Europe/Berlin' });
    await api.post('/resources', { name: 'Turing', timeZone: 'Europe/Berlin' });
    context = await browser.newContext({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
    await signIn(context, berth);
    page = await context.newPage();
    page.setDefaultTimeout(20_000);
    finger = new Finger(await context.newCDPSession(page));
  });
  test.afterAll(async () => {
    await context?.close();
    await berth?.stop();
  });
  test.beforeEach(async () => {
    await page.goto(`${berth.url}/timeline?date=${day}`);
    await expect(page.getByRole('heading', { name: 'Noether' })).toBeVisible();
    await page.waitForLoadState('networkidle');
  });

  test('chooses a slot by a tap and books it', async () => {
    await finger.tap(await spot(column(), '10:00'));
    const slot = page.locator('.slot');
    await expect(slot).toContainText('10:00');
    await finger.tap(await middle(slot.getByRole('button', { name: 'Book' })));
    await book('By a tap');
    await expect(page.getByRole('button', { name: /By a tap/ })).toBeVisible();
    expect(await startOf('By a tap')).toBe('10:00');
  });

  test('books by a long press', async () => {
    await finger.press(await spot(column(), '12:00'), LONG_PRESS_MS);
    await book('By a long press');
    expect(await startOf('By a long press')).toBe('12:00');
  });

  test('turns to the next resource by a swipe, and back, also where something is booked', async () => {
    const { x, y } = await spot(column(), '10:30');
    await finger.drag({ x: x + 60, y }, { x: x - 90, y: y + 4 });
    await expect(page.getByRole('heading', { name: 'Turing' })).toBeVisible();
    await expect(page.getByRole('dialog')).toBeHidden();
    await finger.drag({ x: x - 60, y }, { x: x + 90, y: y + 4 });
    await expect(page.getByRole('heading', { name: 'Noether' })).toBeVisible();
    await expect(page.locator('.slot')).toBeHidden();
  });

  test('scrolls the day without choosing anything', async () => {
    const scroll = page.getByRole('region', { name: 'Noether' });
    const before = await scroll.evaluate((it) => it.scrollTop);
    const { x, y } = await spot(column(), '11:00');
    await finger.drag({ x, y }, { x, y: y - 160 });
    await expect.poll(() => scroll.evaluate((it) => it.scrollTop)).toBeGreaterThan(before + 50);
    await expect(page.locator('.slot')).toBeHidden();
    await expect(page.getByRole('dialog')).toBeHidden();
  });

  test('finds who is free, and taps the time it wants', async () => {
    await finger.tap(await middle(page.getByRole('radio', { name: 'Who is free' }).or(page.getByRole('button', { name: 'Who is free' }))));
    const line = page.getByRole('button', { name: /^Turing/ });
    await finger.tap(await middle(line));
    await expect(page.getByRole('heading', { name: 'Turing' })).toBeVisible();
    await expect(page.locator('.slot')).toBeVisible();
  });

  test('is led by the code on the door to where one checks in', async ({ browser }) => {
    // Nobody has booked it, whatever the hour: what was booked above may be a day away or less.
    const { id } = await api.post<{ id: string }>('/resources', { name: 'Zuse', timeZone: 'Europe/Berlin' });
    const office = await browser.newContext();
    await signIn(office, berth);
    const desk = await office.newPage();
    await desk.goto(`${berth.url}/admin/resources?selected=${id}&tab=overview`);
    await desk.getByRole('button', { name: 'Check-in code' }).click();
    const sign = desk.locator('svg.check-in-sign');
    await sign.waitFor();

    const address = await readCode(sign);
    await office.close();
    const { path } = await api.get<{ path: string }>(`/resources/${id}/check-in-link`);
    expect(address).toBe(berth.url + path);

    await page.goto(address);
    await finger.tap(await middle(page.getByRole('button', { name: 'Check in' })));
    await expect(page.getByRole('alert')).toHaveText('You have nothing booked here now.');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });

  const column = (): Locator => page.locator('berth-resource-day .column');

  async function book(title: string): Promise<void> {
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Title').fill(title);
    await finger.tap(await middle(dialog.getByRole('button', { name: /^Book/ })));
    await expect(dialog).toBeHidden();
  }

  async function startOf(title: string): Promise<string | undefined> {
    const { data } = await api.get<{ data: { title: string; start: string }[] }>('/reservations/my?scope=all&limit=100');
    const start = data.find((it) => it.title === title)?.start;
    return start && new Date(start).toLocaleTimeString('de', { timeZone: 'Europe/Berlin', hour: '2-digit', minute: '2-digit' });
  }
});

interface Point {
  readonly x: number;
  readonly y: number;
}

/** One finger. */
class Finger {
  constructor(private readonly session: CDPSession) {}

  async tap(at: Point): Promise<void> {
    await this.press(at, 60);
  }

  /** @param time milliseconds until it lets go */
  async press(at: Point, time: number): Promise<void> {
    await this.send('touchStart', at);
    await new Promise((resolve) => setTimeout(resolve, time));
    await this.send('touchEnd');
  }

  async drag(from: Point, to: Point): Promise<void> {
    await this.send('touchStart', from);
    for (let step = 1; step <= 8; step++) {
      await this.send('touchMove', { x: from.x + ((to.x - from.x) * step) / 8, y: from.y + ((to.y - from.y) * step) / 8 });
    }
    await this.send('touchEnd');
  }

  private async send(type: 'touchStart' | 'touchMove' | 'touchEnd', at?: Point): Promise<void> {
    await this.session.send('Input.dispatchTouchEvent', { type, touchPoints: at ? [at] : [] });
  }
}

/** A time of the shown day, a little below its line. */
async function spot(column: Locator, time: string): Promise<Point> {
  const box = await column.boundingBox();
  if (!box) throw new Error('the day is not there');
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return { x: box.x + box.width / 2, y: box.y + (hour + minute / 60) * PX_PER_HOUR + 4 };
}

async function middle(target: Locator): Promise<Point> {
  const box = await target.boundingBox();
  if (!box) throw new Error('there is nothing to tap');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
