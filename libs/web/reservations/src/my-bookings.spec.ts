import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { LiveUpdates, type LiveEvent } from '@berth/web/data';
import { Keys, Toasts } from '@berth/web/ui';
import axe from 'axe-core';
import { aReservation, pageOf, provideAgendaSpec, requested, settled } from './testing';

// A loaded machine takes its time to draw a whole screen in jsdom.
jest.setTimeout(30_000);

// jsdom draws nothing; what needs pixels is measured in a browser.
const withoutLayout = {
  'color-contrast': { enabled: false },
  'label-content-name-mismatch': { enabled: false },
  region: { enabled: false },
};

const first = aReservation();
const second = aReservation({ id: 'r-2', title: 'Budget', start: '2026-11-25T09:00:00Z', end: '2026-11-25T10:00:00Z' });
const running = aReservation({ id: 'r-0', title: 'Stand-up', start: '2026-11-24T07:30:00Z', end: '2026-11-24T09:00:00Z' });

describe('my bookings', () => {
  let harness: RouterTestingHarness;
  let tell: (event: Partial<LiveEvent>) => void;

  const screen = (): HTMLElement => harness.routeNativeElement!;
  const names = (): string[] => [...screen().querySelectorAll<HTMLElement>('[data-booking]')].map((it) => it.dataset['booking']!);
  const row = (id: string): HTMLElement =>
    screen().querySelector(`[data-booking="${id}"]`)!.closest<HTMLElement>('berth-booking-row, berth-now-card')!;
  const button = (within: HTMLElement, text: string): HTMLButtonElement =>
    [...within.querySelectorAll<HTMLButtonElement>('button')].find((it) => it.textContent.trim() === text)!;
  const press = (key: string): boolean =>
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));

  async function opened(path = '', list = [first, second]): Promise<void> {
    harness = await RouterTestingHarness.create(`/me/bookings${path}`);
    await settled();
    requested('GET', '/reservations/my').flush(pageOf(list));
    await settled();
  }

  beforeEach(() => {
    localStorage.clear();
    jest.useFakeTimers({
      now: Date.parse('2026-11-24T08:00:00Z'),
      doNotFake: ['setTimeout', 'setInterval', 'queueMicrotask', 'performance'],
    });
    TestBed.configureTestingModule({ providers: provideAgendaSpec() });
    jest.spyOn(TestBed.inject(LiveUpdates), 'watch').mockImplementation((_topic, onEvent) => {
      tell = (event) => onEvent({ topic: 'me', seq: 1, at: '', data: {}, type: '', ...event });
      return () => undefined;
    });
    TestBed.inject(Keys);
  });

  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  it('stand under their days, with what is running first', async () => {
    await opened('', [running, first, second]);

    expect([...screen().querySelectorAll('h2.date')].map((it) => it.textContent)).toEqual([
      'Today, Tuesday 24 November',
      'Tomorrow, Wednesday 25 November',
    ]);
    expect(names()).toEqual(['r-0', 'r-1', 'r-2']);
    expect(row('r-0').textContent).toContain('1 h left');
    expect(row('r-1').textContent).toContain('14:00–15:00');
    expect(row('r-1').textContent).toContain('in 5 h');
    expect(row('r-1').textContent).toContain('Turing · Floor 3, Berlin HQ');
  });

  it('say the reader’s own time where it is another', async () => {
    const abroad = aReservation({
      resources: [{ resourceId: 'x', name: 'Loft', quantity: 1, siteName: 'New York', floorName: null, timeZone: 'America/New_York' }],
    });
    await opened('', [abroad]);

    expect(row('r-1').querySelector('.when')!.textContent).toContain('08:00–09:00');
    expect(row('r-1').querySelector('.when small')!.textContent).not.toBe('1 h');
  });

  it('are cancelled with one click and come back with Undo', async () => {
    await opened();
    button(row('r-1'), 'Cancel').click();
    await settled();
    const cancel = requested('POST', '/reservations/r-1/cancel');
    expect(cancel.request.body).toEqual({ undoSeconds: 8 });
    cancel.flush({ ...first, status: 'cancelled', version: 2 });
    await settled();
    expect(names()).toEqual(['r-2']);

    TestBed.inject(Toasts).undoLatest();
    requested('POST', '/reservations/r-1/restore').flush({ ...first, version: 3 });
    await settled();

    expect(names()).toEqual(['r-1', 'r-2']);
  });

  it('stay where they are when cancelling fails', async () => {
    await opened();
    button(row('r-1'), 'Cancel').click();
    await settled();
    requested('POST', '/reservations/r-1/cancel').flush({ code: 'unavailable' }, { status: 503, statusText: 'Unavailable' });
    await settled();

    expect(names()).toEqual(['r-1', 'r-2']);
    expect(TestBed.inject(Toasts).shown()[0]!.kind).toBe('failed');
  });

  it('are walked with J and K and cancelled with Delete', async () => {
    await opened();
    press('j');
    expect(document.activeElement).toBe(screen().querySelector('[data-booking=r-1]'));
    press('j');
    press('k');
    expect(document.activeElement).toBe(screen().querySelector('[data-booking=r-1]'));

    press('Delete');
    await settled();
    requested('POST', '/reservations/r-1/cancel').flush({ ...first, status: 'cancelled', version: 2 });
    await settled();

    expect(document.activeElement).toBe(screen().querySelector('[data-booking=r-2]'));
  });

  it('keep scope and page in the address', async () => {
    await opened();
    button(screen(), 'Past').click();
    await settled();

    expect(TestBed.inject(Router).url).toBe('/me/bookings?scope=past');
    const past = requested('GET', '/reservations/my');
    expect(past.request.params.get('scope')).toBe('past');
    past.flush(
      pageOf([aReservation({ id: 'old', status: 'completed', start: '2026-11-20T09:00:00Z', end: '2026-11-20T10:00:00Z' })], 'next'),
    );
    await settled();
    button(screen(), 'Show more').click();
    const more = requested('GET', '/reservations/my');
    expect(more.request.params.get('cursor')).toBe('next');
    more.flush(pageOf([aReservation({ id: 'older', status: 'completed', start: '2026-11-19T09:00:00Z', end: '2026-11-19T10:00:00Z' })]));
    await settled();

    expect(names()).toEqual(['old', 'older']);
  });

  it('are fetched again when something happens elsewhere, but never under the pointer', async () => {
    await opened();
    tell({ type: 'reservation.created', data: { reservationId: 'r-9', version: 1 } });
    await settled();
    requested('GET', '/reservations/my').flush(pageOf([first]));
    await settled();
    expect(names()).toEqual(['r-1']);

    screen().querySelector('.agenda')!.dispatchEvent(new MouseEvent('mouseenter'));
    tell({ type: 'reservation.cancelled', data: { reservationId: 'r-1', version: 2 } });
    await settled();
    TestBed.inject(HttpTestingController).expectNone('/api/v1/reservations/my');
    expect(button(screen(), '1 change — update list')).toBeDefined();
  });

  it('do not answer to what the list knows already', async () => {
    await opened();
    tell({ type: 'reservation.updated', data: { reservationId: 'r-1', version: 1 } });
    tell({ type: 'hold.created', data: { reservationId: 'h-1', version: 1 } });
    await settled();

    // Whether one may check in is asked of what is near, whatever is told.
    const server = TestBed.inject(HttpTestingController);
    server.match((it) => it.url.endsWith('/check-in') || it.url.endsWith('/assignments'));
    server.verify();
  });

  it('offer to check in where somebody has to, and to end what runs', async () => {
    await opened('', [running]);
    const state = { required: true, opensAt: '2000-01-01T00:00:00Z', closesAt: '2099-01-01T00:00:00Z', mayCheckIn: true, mayEnd: true };
    requested('GET', `/reservations/${running.id}/check-in`).flush(state);
    await settled();

    button(screen(), 'Check in').click();
    requested('POST', `/reservations/${running.id}/check-in`).flush({ ...running, status: 'checked_in', version: 2 });
    await settled();
    expect(screen().textContent).not.toContain('Check in');

    button(screen(), 'End now').click();
    requested('POST', `/reservations/${running.id}/end`).flush({ ...running, status: 'completed', end: running.start, version: 3 });
    await settled();
    expect(screen().querySelector('berth-now-card')).toBeNull();
  });

  it('explain what belongs here when there are none', async () => {
    await opened('', []);

    expect(screen().textContent).toContain('Your bookings appear here, day by day');
    expect(screen().textContent).toContain('You have nothing booked from now on.');
    expect(button(screen().querySelector('berth-empty-state')!, 'Book')).toBeDefined();
  });

  it('can be read and used by everyone', async () => {
    await opened('', [running, first]);

    const { violations } = await axe.run(screen(), { rules: withoutLayout });

    expect(violations.map((it) => it.id)).toEqual([]);
  });

  describe('opened beside the list', () => {
    const media = window.matchMedia;

    beforeEach(() => {
      window.matchMedia = (query) =>
        ({
          ...media(query),
          matches: true,
          media: query,
          addEventListener: () => undefined,
          removeEventListener: () => undefined,
        }) as MediaQueryList;
    });
    afterEach(() => (window.matchMedia = media));

    async function inspected(): Promise<HTMLElement> {
      await opened('?booking=r-1');
      requested('GET', '/reservations/r-1').flush(first);
      await settled();
      const moved = {
        start: '2026-11-24T13:00:00Z',
        end: '2026-11-24T14:00:00Z',
        previous: { start: '2026-11-24T12:00:00Z', end: '2026-11-24T13:00:00Z' },
      };
      requested('GET', '/reservations/r-1/history').flush({
        data: [
          { type: 'hold.created', at: '2026-11-20T08:59:00Z', actor: first.organizer, data: {} },
          { type: 'reservation.created', at: '2026-11-20T09:00:00Z', actor: first.organizer, data: { status: 'confirmed' } },
          { type: 'reservation.moved', at: '2026-11-21T09:00:00Z', actor: { id: 'u-2', displayName: 'Jo Meyer' }, data: moved },
        ],
      });
      await settled();
      return screen().querySelector<HTMLElement>('berth-booking-panel')!;
    }

    function type(panel: HTMLElement, name: string, text: string): void {
      const input = panel.querySelector<HTMLInputElement>(`[name=${name}]`)!;
      input.value = text;
      input.dispatchEvent(new Event('input', { bubbles: true }));
    }

    it('tell their history in sentences', async () => {
      const panel = await inspected();

      expect(panel.querySelector('h2')!.textContent).toBe('Project sync');
      expect([...panel.querySelectorAll('li')].map((it) => it.firstChild!.textContent!.trim())).toEqual([
        'Jo Meyer: moved from Tue 24 Nov, 13:00–14:00 to Tue 24 Nov, 14:00–15:00',
        'Ana Kaya: booked',
      ]);
    });

    it('are edited in place, on the version that was read', async () => {
      const panel = await inspected();
      button(panel, 'Edit E').click();
      await settled();
      type(panel, 'title', 'Team sync');
      type(panel, 'attendees', '5');
      button(panel, 'Save').click();
      await settled();

      const change = requested('PATCH', '/reservations/r-1');
      expect(change.request.headers.get('If-Match')).toBe('"1"');
      expect(change.request.body).toEqual({ title: 'Team sync', attendees: 5 });
      change.flush({ ...first, title: 'Team sync', attendees: 5, version: 2 });
      await settled();

      expect(row('r-1').textContent).toContain('Team sync');
    });

    it('merge by themselves what others changed elsewhere in the meantime', async () => {
      const panel = await inspected();
      button(panel, 'Edit E').click();
      await settled();
      type(panel, 'title', 'Team sync');
      button(panel, 'Save').click();
      await settled();
      const current = { ...first, attendees: 8, version: 4 };
      requested('PATCH', '/reservations/r-1').flush({ code: 'precondition-failed', current }, { status: 412, statusText: 'Changed' });
      await settled();

      const again = requested('PATCH', '/reservations/r-1');
      expect(again.request.headers.get('If-Match')).toBe('"4"');
      expect(again.request.body).toEqual({ title: 'Team sync' });
    });

    it('ask where two people changed the same', async () => {
      const panel = await inspected();
      button(panel, 'Edit E').click();
      await settled();
      type(panel, 'title', 'Team sync');
      button(panel, 'Save').click();
      await settled();
      const current = { ...first, title: 'All hands', version: 4 };
      requested('PATCH', '/reservations/r-1').flush({ code: 'precondition-failed', current }, { status: 412, statusText: 'Changed' });
      await settled();

      const dialog = document.querySelector<HTMLElement>('berth-merge-dialog')!;
      expect(dialog.textContent).toContain('Team sync');
      expect(dialog.textContent).toContain('All hands');
      dialog.querySelectorAll('input')[0]!.click();
      button(dialog, 'Save the result').click();
      await settled();

      expect(requested('PATCH', '/reservations/r-1').request.body).toEqual({ title: 'Team sync' });
    });
  });
});
