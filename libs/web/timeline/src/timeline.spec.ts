import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting, type TestRequest } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { Booking } from '@berth/web/booking';
import { provideTranslateService } from '@ngx-translate/core';
import type { RowsAnswer } from './rows/catalogue';
import type { TileAnswer } from './rows/row-board';
import { timelineRoutes } from './timeline.routes';

const RESOURCES = 500;
const A_WEEK = 30;
const DAY = 86_400;
/** Elements the shell around the screen takes, generously. */
const SHELL = 150;

const rules = {
  minDuration: 'PT15M',
  maxDuration: 'PT4H',
  slotStep: 'PT15M',
  minNotice: 'PT0S',
  horizon: 'P90D',
  bufferBefore: 'PT0S',
  bufferAfter: 'PT15M',
  approval: false,
  mayLeaveOpenHours: false,
};

function rowsAnswer(count: number): RowsAnswer {
  const all = Array.from({ length: count }, (_, index) => index);
  return {
    total: count,
    types: [{ id: 't', key: 'room', name: 'Room', icon: null }],
    sites: [{ id: 's', name: 'Berlin', timeZone: 'Europe/Berlin' }],
    floors: [1, 2, 3, 4, 5].map((it) => ({ id: `f${it}`, name: `Floor ${it}`, siteId: 's' })),
    rules: [rules],
    zones: ['Europe/Berlin'],
    rows: {
      id: all.map((it) => `r${it}`),
      name: all.map((it) => `Room ${it}`),
      type: all.map(() => 0),
      site: all.map(() => 0),
      floor: all.map((it) => Math.floor(it / 100)),
      parent: all.map(() => -1),
      depth: all.map(() => 0),
      capacity: all.map(() => 8),
      units: all.map(() => 1),
      status: all.map(() => 'available'),
      bookable: all.map(() => true),
      zone: all.map(() => 0),
      rules: all.map(() => 0),
      tags: all.map(() => ['display']),
    },
  };
}

/** Thirty bookings a week and resource, in working hours. */
function tileAnswer(request: TestRequest): TileAnswer {
  const { params } = request.request;
  const resources = params.getAll('resource')!;
  const from = params.get('from')!;
  const to = params.get('to')!;
  const weeks = Math.max(1, Math.round((Date.parse(to) - Date.parse(from)) / 1000 / DAY / 7));
  const bars = resources.flatMap((id, resource) =>
    Array.from({ length: A_WEEK * weeks }, (_, index) => {
      const start = Math.floor(index / 5) * DAY * 1.16 + (8 + (index % 5) * 2) * 3600;
      return { id: `${id}-${from}-${index}`, resource, start, end: start + 3600 };
    }),
  );
  const column = <T>(value: (bar: (typeof bars)[number]) => T): T[] => bars.map(value);
  return {
    from,
    to,
    seq: 1,
    resources,
    others: [],
    closed: resources.map(() => Array.from({ length: 7 * weeks }, (_, day) => [day * DAY, day * DAY + 8 * 3600]).flat()),
    blackouts: resources.map(() => []),
    assigned: resources.map(() => []),
    bars: {
      id: column((it) => it.id),
      resource: column((it) => it.resource),
      through: column(() => -1),
      start: column((it) => it.start),
      end: column((it) => it.end),
      heldStart: column((it) => it.start),
      heldEnd: column((it) => it.end + 900),
      status: column(() => 'confirmed'),
      title: column(() => 'Planning'),
      organizer: column(() => 'Jo Meyer'),
      mine: column(() => 0 as const),
      lane: column(() => 1),
      quantity: column(() => 1),
      version: column(() => 1),
      expiresAt: column(() => null),
    },
  };
}

class NoResize implements ResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

const frame = () => new Promise((resolve) => setTimeout(resolve, 40));

async function open(url: string, answer: RowsAnswer | null = rowsAnswer(RESOURCES)) {
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(),
      provideHttpClientTesting(),
      provideRouter([{ path: 'timeline', children: timelineRoutes }]),
      provideTranslateService(),
    ],
  });
  const http = TestBed.inject(HttpTestingController);
  const harness = await RouterTestingHarness.create(url);
  const page = harness.routeNativeElement!;
  let tiles = 0;
  const settle = async () => {
    for (let round = 0; round < 4; round++) {
      harness.fixture.detectChanges();
      await frame();
      for (const request of http.match((it) => it.url.endsWith('/availability'))) {
        if (request.cancelled) continue;
        tiles++;
        request.flush(tileAnswer(request));
      }
    }
  };
  harness.fixture.detectChanges();
  const [rows] = http.match((it) => it.url.endsWith('/availability/rows'));
  if (answer) rows!.flush(answer);
  else rows!.flush({ code: 'unavailable', requestId: 'req-1' }, { status: 503, statusText: 'Unavailable' });
  await settle();
  return { page, settle, tilesAsked: () => tiles, count: () => page.querySelectorAll('*').length };
}

describe('timeline', () => {
  beforeAll(() => {
    Object.assign(globalThis, {
      ResizeObserver: NoResize,
      matchMedia: () => ({ matches: false, addEventListener: () => undefined, removeEventListener: () => undefined }),
    });
    Object.defineProperties(HTMLElement.prototype, { clientWidth: { get: () => 1350 }, clientHeight: { get: () => 760 } });
    Element.prototype.scrollTo = () => undefined;
  });

  it.each(['day', 'week', 'month'])('keeps 15,000 bookings within its share of 1,500 elements wherever one scrolls (%s)', async (view) => {
    const { page, settle, count } = await open(`/timeline?view=${view}&date=2031-03-03`);
    const grid = page.querySelector('[role=grid]')!;
    const counts = [count()];

    for (const top of [900, 9_000, 19_000]) {
      grid.scrollTop = top;
      grid.dispatchEvent(new Event('scroll'));
      await settle();
      counts.push(count());
    }

    expect(Math.max(...counts)).toBeLessThanOrEqual(1500 - SHELL);
    expect(page.querySelectorAll('[data-bar], .slivers').length).toBeGreaterThan(20);
  });

  it('asks for the rows once and for one tile before it shows bars', async () => {
    const { page, tilesAsked } = await open('/timeline?view=week');

    expect(page.querySelectorAll('[data-bar]').length).toBeGreaterThan(100);
    // The others only tell how many of the rows nobody looks at are free now.
    expect(tilesAsked()).toBeLessThanOrEqual(1 + Math.ceil(RESOURCES / 200));
  });

  it('tells assistive technology where in the whole each row stands', async () => {
    const { page } = await open('/timeline?view=week');
    const grid = page.querySelector('[role=grid]')!;

    expect(grid.getAttribute('aria-rowcount')).toBe('505');
    expect(grid.querySelector('berth-timeline-row')!.getAttribute('aria-rowindex')).toBe('2');
    expect(grid.querySelector('[data-bar]')!.getAttribute('aria-label')).toContain('Room 0');
  });

  it.each([
    ['2030-11-26', '2030-11-26T08:00:00Z'],
    ['2020-11-26', null],
    ['', null],
  ])('lets a booking without a time begin on the day that is shown (%s)', async (date, start) => {
    await open(`/timeline?date=${date}`);

    expect(TestBed.inject(Booking).startInView()).toBe(start);
  });

  it('says what is wrong when the rows cannot be had', async () => {
    const { page } = await open('/timeline', null);

    expect(page.querySelector('berth-error-panel')!.textContent).toContain('req-1');
  });

  it('shows the way out of filters that leave nothing', async () => {
    const { page } = await open('/timeline?capacity=99');

    expect(page.querySelector('berth-empty-state button')).not.toBeNull();
  });
});
