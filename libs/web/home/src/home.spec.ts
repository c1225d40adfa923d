import { type HttpRequest, provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import type { MyStatsResponse, UsualPlaceResponse } from '@berth/api-client';
import type { Reservation } from '@berth/web/booking';
import { LiveUpdates, ServerClock, Session, apiInterceptor, type LiveEvent } from '@berth/web/data';
import { provideTranslateLoader, provideTranslateService, type TranslationObject } from '@ngx-translate/core';
import { of } from 'rxjs';
import english from '../i18n/en.json';
import { Home } from './home';

/** Words of other screens that are looked for. */
const elsewhere = {
  reservations: { left: 'left', own: { title: '{{name}} is yours', staying: { other: '{{count}} bookings of others' } } },
  approvals: { left: '{{time}} left', done: { approve: 'Approved: {{name}}' } },
  booking: { refused: { takenBy: 'Taken by “{{title}}”' } },
};

const NOW = Date.parse('2026-11-24T11:11:00Z');
const iso = (text: string): string => new Date(`2026-11-24T${text}:00Z`).toISOString().replace('.000Z', 'Z');

function aReservation(id: string, title: string, start: string, end: string, given: Partial<Reservation> = {}): Reservation {
  return {
    id,
    status: 'confirmed',
    title,
    description: null,
    start,
    end,
    timeZone: 'Europe/Berlin',
    private: false,
    attendees: null,
    organizer: { id: 'u-1', displayName: 'Ana Kaya' },
    bookedBy: null,
    mine: true,
    resources: [
      { resourceId: 'turing', name: 'Turing', quantity: 1, siteName: 'Berlin HQ', floorName: 'Floor 3', timeZone: 'Europe/Berlin' },
    ],
    cancelledAt: null,
    cancelReason: null,
    cancelledLate: false,
    undoUntil: null,
    provisioning: null,
    version: 1,
    createdAt: '2026-11-20T09:00:00Z',
    updatedAt: '2026-11-20T09:00:00Z',
    ...given,
  };
}

const desk: UsualPlaceResponse = {
  resourceId: 'desk',
  name: 'Desk 3.15',
  siteName: 'Berlin HQ',
  floorName: 'Floor 3',
  timeZone: 'Europe/Berlin',
  capacity: null,
  units: 1,
  bookable: true,
  bookings: 7,
  minutes: 3780,
  lastStart: '2026-11-23T07:30:00Z',
  lastEnd: '2026-11-23T16:30:00Z',
};

const figures: MyStatsResponse = {
  timeZone: 'Europe/Berlin',
  week: { minutes: 630, bookings: 3, noShows: 0, from: '2026-11-23T00:00:00Z', to: '2026-11-30T00:00:00Z' },
  month: { minutes: 2520, bookings: 11, noShows: 1, toCome: 2, from: '2026-11-01T00:00:00Z', to: '2026-12-01T00:00:00Z' },
  lastMonth: { minutes: 2280, bookings: 9, noShows: 0, from: '2026-10-01T00:00:00Z', to: '2026-11-01T00:00:00Z' },
  weekdayMinutes: [100, 380, 260, 300, 90, 0, 0],
  busiestWeekday: 2,
  usual: [desk],
};

const oneResource = {
  from: iso('00:00'),
  resources: ['desk'],
  closed: [[]],
  blackouts: [[]],
  assigned: [[]],
  bars: { id: [], resource: [], start: [], end: [], heldStart: [], heldEnd: [], status: [], title: [], mine: [], quantity: [] },
};

const offer = {
  id: 'w-1',
  status: 'offered',
  timeZone: 'Europe/Berlin',
  start: '2026-11-26T13:00:00Z',
  end: '2026-11-26T14:00:00Z',
  offer: {
    resources: [{ id: 'noether', name: 'Noether' }],
    start: '2026-11-26T13:00:00Z',
    end: '2026-11-26T14:00:00Z',
    expiresAt: new Date(NOW + 462_000).toISOString(),
  },
};

/** Mine, shared on Thursday; today is a Tuesday. */
const ownDesk = {
  ...{ person: { id: 'u-1', displayName: 'Ana Kaya' }, mine: true, from: '2026-11-01T00:00:00Z', until: null, place: 'Berlin HQ' },
  ...{ sharedDays: ['2026-11-26'], resource: { id: 'desk', name: 'Desk 3.14', typeId: 't', timeZone: 'Europe/Berlin' } },
};

const aRequest = (id: string) => ({
  id,
  status: 'waiting',
  mayRespond: true,
  dueAt: '2026-11-26T09:00:00Z',
  version: 1,
  reservation: aReservation(`r-${id}`, 'Sample 44', '2026-11-27T09:00:00Z', '2026-11-27T12:00:00Z', {
    status: 'pending',
    organizer: { id: 'u-2', displayName: 'L. Okafor' },
    resources: [{ resourceId: 'sem', name: 'SEM-2', quantity: 1, siteName: null, floorName: null, timeZone: 'Europe/Berlin' }],
  }),
});

interface Server {
  readonly bookings?: readonly Reservation[];
  readonly stats?: MyStatsResponse | null;
  readonly check?: object;
  /** Of the next slot; null for none. */
  readonly startsAt?: string | null;
  readonly availability?: object;
  /** What waits for the person; an error where null. */
  readonly offers?: readonly object[];
  readonly requests?: readonly object[] | null;
  readonly checkIn?: object;
  /** What is the person's own, and what sharing a day of it answers. */
  readonly own?: readonly object[];
  readonly days?: (request: HttpRequest<unknown>) => object;
}

const rest = async (): Promise<void> => {
  for (let i = 0; i < 6; i++) {
    await new Promise((resolve) => setTimeout(resolve));
    TestBed.tick();
  }
};

async function open(server: Server = {}) {
  const hear = new Map<string, (event: LiveEvent) => void>();
  const live = {
    watch: (topic: string, handler: (event: LiveEvent) => void) => {
      hear.set(topic + hear.size, handler);
      return () => undefined;
    },
  };
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(withInterceptors([apiInterceptor])),
      provideHttpClientTesting(),
      provideRouter([{ path: '', component: Home }]),
      provideTranslateService({
        lang: 'en',
        loader: provideTranslateLoader(() => ({
          getTranslation: () => of({ ...english, ...elsewhere } as TranslationObject),
        })),
      }),
      { provide: LiveUpdates, useValue: live },
      { provide: Session, useValue: { user: () => null, may: () => true } },
      { provide: ServerClock, useValue: { now: () => NOW, minute: () => NOW, learn: () => undefined } },
    ],
  });
  const http = TestBed.inject(HttpTestingController);
  const harness = await RouterTestingHarness.create('/');
  const page = harness.routeNativeElement!;
  const asked: string[] = [];
  const answer = async (): Promise<void> => {
    for (let round = 0; round < 6; round++) {
      await rest();
      for (const request of http.match(() => true)) {
        const { url, method } = request.request;
        asked.push(`${method} ${url}`);
        if (url.endsWith('/users/me/stats')) {
          if (server.stats === null) request.flush({ code: 'unavailable', requestId: 'req-1' }, { status: 503, statusText: 'Unavailable' });
          else request.flush(server.stats ?? figures);
        } else if (url.endsWith('/availability/check')) {
          request.flush(server.check ?? { bookable: true, needsApproval: false, violations: [], occurrences: [] });
        } else if (url.endsWith('/next-available')) {
          const minutes = Number(request.request.params.get('durationMinutes'));
          const start = server.startsAt === undefined ? iso('11:00') : server.startsAt;
          request.flush({ slot: start && { start, end: new Date(Date.parse(start) + minutes * 60_000).toISOString() } });
        } else if (url.endsWith('/availability')) request.flush(server.availability ?? oneResource);
        else if (url.endsWith('/users/me/assignments')) request.flush({ data: server.own ?? [] });
        else if (url.endsWith('/shared-days')) request.flush(server.days?.(request.request) ?? ownDesk);
        else if (url.endsWith('/check-in')) request.flush(server.checkIn ?? { required: false });
        else if (url.endsWith('/waitlist')) request.flush({ data: server.offers ?? [] });
        else if (url.endsWith('/approvals/pending')) {
          if (server.requests === null)
            request.flush({ code: 'unavailable', requestId: 'req-2' }, { status: 503, statusText: 'Unavailable' });
          else request.flush({ data: server.requests ?? [], total: server.requests?.length ?? 0 });
        } else if (method === 'POST' && url.endsWith('/reservations'))
          request.flush(aReservation('r-9', 'Desk 3.15', request.request.body.start, request.request.body.end));
        else request.flush({ data: server.bookings ?? [], page: { nextCursor: null, hasMore: false } });
      }
    }
    await rest();
  };
  await answer();
  return { page, answer, asked, hear, card: (n: number) => page.querySelector<HTMLElement>(`[data-card="${n}"]`)! };
}

const words = (element: Element | null | undefined): string => (element?.textContent ?? '').replace(/\s+/g, ' ').trim();

describe('home', () => {
  it('answers what is now, what is next and in how long, and what comes after', async () => {
    const { card } = await open({
      bookings: [
        aReservation('r-1', 'Desk day', iso('07:30'), iso('16:30')),
        aReservation('r-2', 'Enclosure', iso('15:00'), iso('16:00')),
        aReservation('r-3', 'Budget', '2026-11-25T12:00:00Z', '2026-11-25T13:00:00Z'),
      ],
    });

    expect(words(card(1))).toContain('Desk day');
    expect(words(card(1))).toContain('5 h 19 min left');
    expect(words(card(2))).toContain('Enclosure');
    expect(words(card(2))).toContain('3 h 49 min');
    expect(words(card(7))).toContain('Budget');
    expect(words(card(6))).toContain('2 bookings');
  });

  it('shows what is one’s own, shares a day with one press, and asks before it takes back what others have', async () => {
    const sent: string[] = [];
    const { page, answer } = await open({
      own: [ownDesk],
      days: ({ method, body, params }) => {
        sent.push(`${method} ${params.get('dryRun') ?? JSON.stringify(body)}`);
        if (method === 'PUT') return { ...ownDesk, sharedDays: ['2026-11-25', '2026-11-26'] };
        return { ...ownDesk, sharedDays: [], staying: { total: 2, reservations: [] } };
      },
    });
    const day = (n: number) => page.querySelectorAll<HTMLButtonElement>('berth-own-card .day')[n]!;

    expect(words(page.querySelector('berth-own-card'))).toContain('Desk 3.14 is yours');
    expect([0, 1, 2].map((n) => day(n).getAttribute('aria-pressed'))).toEqual(['false', 'false', 'true']);
    day(1).click();
    await answer();
    expect([sent, day(1).getAttribute('aria-pressed')]).toEqual([['PUT {"from":"2026-11-25","to":"2026-11-25"}'], 'true']);

    day(2).click();
    await answer();
    expect(words(page.querySelector('berth-own-card [role=status]'))).toContain('2 bookings of others');
    page.querySelector<HTMLButtonElement>('berth-own-card .ask .btn')!.click();
    await answer();
    expect(sent.slice(1)).toEqual(['DELETE true', 'DELETE false']);
    expect(day(2).getAttribute('aria-pressed')).toBe('false');
  });

  it('says when there is nothing', async () => {
    const { card } = await open();

    expect(words(card(1))).toContain('Nothing is running');
    expect(words(card(2))).toContain('Nothing is coming up');
    expect(words(card(6))).toContain('Nothing is booked today');
  });

  it('writes the figures', async () => {
    const { page } = await open();
    const figuresShown = words(page.querySelector('berth-stats-bar'));

    for (const it of ['11 h', '3 bookings', 'November', '42 h', '38 h in October', '2 to come · 1 missed', 'Tue', 'Desk 3.15', '7 times'])
      expect(figuresShown).toContain(it);
  });

  it('books the usual hours of the next open day in one press, once', async () => {
    const { card, answer } = await open();
    const http = TestBed.inject(HttpTestingController);
    const button = card(4).querySelector('button')!;

    expect(button.getAttribute('aria-label')).toBe('Book Desk 3.15, Wed 25 Nov, 08:30–17:30');
    button.click();
    button.click();
    await rest();
    const [request, ...others] = http.match((it) => it.method === 'POST' && it.url.endsWith('/reservations'));

    expect(others).toEqual([]);
    expect(request!.request.body).toMatchObject({ resourceId: 'desk', start: '2026-11-25T07:30:00Z', end: '2026-11-25T16:30:00Z' });
    request!.flush(aReservation('r-9', 'Desk', '2026-11-25T07:30:00Z', '2026-11-25T16:30:00Z'));
    await answer();
  });

  it('offers the nearest time where the usual one is taken, and says why', async () => {
    const conflict = {
      resourceId: 'desk',
      reason: 'busy',
      title: 'Budget',
      busy: { start: '2026-11-25T07:30:00Z', end: '2026-11-25T08:30:00Z' },
      alternatives: [{ resourceId: 'desk', name: 'Desk 3.15', start: '2026-11-25T08:30:00Z', end: '2026-11-25T17:30:00Z', score: 1 }],
    };
    const { card } = await open({
      check: {
        bookable: false,
        needsApproval: false,
        violations: [],
        occurrences: [{ conflicts: [conflict], alternatives: conflict.alternatives }],
      },
    });

    expect(words(card(4))).toContain('Budget');
    expect(words(card(4).querySelector('button'))).toBe('Book 09:30');
  });

  it('offers a place for now only where the server has a slot', async () => {
    expect(words((await open()).card(5))).toContain('free for the rest of the day');
    TestBed.resetTestingModule();
    expect((await open({ startsAt: null })).card(5).querySelector('button')).toBeNull();
    TestBed.resetTestingModule();
    const later = words((await open({ startsAt: iso('14:00') })).card(5));
    expect(later).toContain('free from 15:00');
    expect(later).toContain('Nothing is free right now');
  });

  it('calls nothing free that is closed, and says which day it opens', async () => {
    const closed = { ...oneResource, closed: [[0, 86_400]] };
    const { card } = await open({ startsAt: '2026-11-30T06:00:00Z', availability: closed });

    expect(words(card(5).querySelector('h2'))).toBe('Nothing is open right now');
    expect(words(card(5))).toContain('free from Mon 30 Nov 07:00');
    expect(words(card(5).querySelector('button'))).toBe('Book Mon 07:00');
  });

  it('keeps the rest when the figures cannot be had', async () => {
    const { page, card } = await open({ stats: null, bookings: [aReservation('r-2', 'Enclosure', iso('15:00'), iso('16:00'))] });

    expect(words(page.querySelector('berth-stats-bar berth-error-panel'))).toContain('req-1');
    expect(words(card(2))).toContain('Enclosure');
  });

  it('says that nothing waits for the person where nothing does', async () => {
    const { card } = await open();

    expect(words(card(3))).toContain('Nothing waits for you');
  });

  it('puts what is held, what one must check in to and what one decides in one place, the held first', async () => {
    const { card, answer, asked } = await open({
      bookings: [aReservation('r-1', 'Desk day', iso('11:00'), iso('16:30'))],
      offers: [offer],
      checkIn: { required: true, opensAt: iso('10:45'), closesAt: iso('11:30') },
      requests: ['a-1', 'a-2', 'a-3', 'a-4'].map(aRequest),
    });
    const rows = [...card(3).querySelectorAll('li')].map(words);

    expect([...card(3).querySelector('header')!.children].map(words)).toEqual(['Needs you', '6']);
    expect(rows[0]).toContain('Noether is free for you');
    expect(rows[0]).toContain('7:42 left');
    expect(rows[1]).toContain('check in until 12:30');
    expect(rows[2]).toContain('L. Okafor asks for SEM-2');
    expect(rows.at(-1)).toBe('2 more requests to decide');

    card(3).querySelector<HTMLButtonElement>('[aria-label^="Accept Noether"]')!.click();
    await answer();
    expect(asked).toContain('POST /api/v1/waitlist/w-1/accept');
  });

  it('takes a request off the list as it is decided, before anybody is told', async () => {
    const { card, answer, asked } = await open({ requests: [aRequest('a-1')] });

    card(3).querySelector<HTMLButtonElement>('[aria-label^="Approve SEM-2"]')!.click();
    await answer();

    expect(words(card(3))).toContain('Nothing waits for you');
    expect(asked.filter((it) => it.startsWith('POST') && it.includes('/approvals/'))).toEqual([]);
  });

  it('keeps what is held where the requests cannot be had', async () => {
    const { card } = await open({ offers: [offer], requests: null });

    expect(words(card(3).querySelector('berth-error-panel'))).toContain('req-2');
    expect(words(card(3))).toContain('Noether is free for you');
  });

  it('asks again when somebody else changes a booking of mine', async () => {
    const { hear, asked, answer } = await open();
    const before = asked.length;

    for (const [topic, handler] of hear)
      if (topic.startsWith('me'))
        handler({ topic: 'me', type: 'reservation.moved', seq: 7, at: iso('11:11'), data: { reservationId: 'r-2', version: 2 } });
    await new Promise((resolve) => setTimeout(resolve, 450));
    await answer();

    expect(asked.slice(before)).toEqual(expect.arrayContaining(['GET /api/v1/reservations', 'GET /api/v1/users/me/stats']));
  });
});
