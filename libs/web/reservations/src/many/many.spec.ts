import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { RouterTestingHarness } from '@angular/router/testing';
import { LiveUpdates } from '@berth/web/data';
import { Keys, Toasts } from '@berth/web/ui';
import axe from 'axe-core';
import { aReservation, pageOf, provideAgendaSpec, requested, settled } from '../testing';

// A loaded machine takes its time to draw a whole screen in jsdom.
jest.setTimeout(30_000);

const day = (n: number) => ({ start: `2026-11-${24 + n}T09:00:00Z`, end: `2026-11-${24 + n}T10:00:00Z` });
const bookings = [1, 2, 3, 4].map((n) => aReservation({ id: `r-${n}`, title: `Meeting ${n}`, ...day(n) }));

describe('many bookings at once', () => {
  let harness: RouterTestingHarness;

  const screen = (): HTMLElement => harness.routeNativeElement!;
  const boxes = (): HTMLInputElement[] => [...screen().querySelectorAll<HTMLInputElement>('berth-booking-row input[type=checkbox]')];
  const ticked = (): number[] => boxes().flatMap((it, i) => (it.checked ? [i + 1] : []));
  const button = (text: string): HTMLButtonElement =>
    [...document.querySelectorAll<HTMLButtonElement>('button')].find((it) => it.textContent.trim() === text)!;
  const key = (name: string, options: KeyboardEventInit = {}): boolean =>
    (document.activeElement ?? document.body).dispatchEvent(
      new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...options }),
    );
  const cancelling = () => requested('POST', '/bulk/reservations/cancel');

  beforeEach(async () => {
    localStorage.clear();
    jest.useFakeTimers({
      now: Date.parse('2026-11-24T08:00:00Z'),
      doNotFake: ['setTimeout', 'setInterval', 'queueMicrotask', 'performance'],
    });
    TestBed.configureTestingModule({ providers: provideAgendaSpec() });
    jest.spyOn(TestBed.inject(LiveUpdates), 'watch').mockReturnValue(() => undefined);
    TestBed.inject(Keys);
    harness = await RouterTestingHarness.create('/me/bookings');
    await settled();
    requested('GET', '/reservations/my').flush(pageOf(bookings));
    requested('GET', '/users/me/assignments').flush({ data: [] });
    await settled();
  });

  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
    document.querySelectorAll('.cdk-overlay-container').forEach((it) => it.replaceChildren());
  });

  it('are ticked one by one, through with Shift, and all that is shown', async () => {
    boxes()[0]!.click();
    await settled();
    boxes()[2]!.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, shiftKey: true }));
    await settled();
    expect(ticked()).toEqual([1, 2, 3]);
    expect(screen().querySelector('berth-selection-bar')!.textContent).toContain('3 selected');

    button('Select all 4 shown').click();
    await settled();
    expect(ticked()).toEqual([1, 2, 3, 4]);

    button('Clear').click();
    await settled();
    expect(screen().querySelector('berth-selection-bar')).toBeNull();
  });

  it('are ticked by keys, and let go with Escape', async () => {
    key('j');
    key('x');
    await settled();
    expect(ticked()).toEqual([1]);

    key('ArrowDown', { shiftKey: true });
    key('ArrowDown', { shiftKey: true });
    await settled();
    expect(ticked()).toEqual([1, 2, 3]);
    key('ArrowUp', { shiftKey: true });
    await settled();
    expect(ticked()).toEqual([1, 2]);

    key('Escape');
    await settled();
    expect(ticked()).toEqual([]);
  });

  it('are cancelled together after a look at what cannot be, and come back with one Undo', async () => {
    boxes()[0]!.click();
    boxes()[1]!.click();
    await settled();
    button('Cancel…').click();
    await settled();
    const tried = cancelling();
    expect(tried.request.params.get('dryRun')).toBe('true');
    tried.flush({
      results: [
        { index: 0, status: 200, data: bookings[0] },
        { index: 1, status: 409, problem: { code: 'invalid-state', title: 'Over', status: 409 } },
      ],
    });
    await settled();
    const dialog = document.querySelector('berth-cancel-many-dialog')!;
    expect(dialog.textContent).toContain('1 booking will be cancelled');
    expect(dialog.textContent).toMatch(/1 stays as it is.*Meeting 2.*It is over already/s);
    expect((await axe.run(dialog, { rules: { 'color-contrast': { enabled: false } } })).violations).toEqual([]);

    button('Cancel 1 booking').click();
    await settled();
    const done = cancelling();
    expect(done.request.body).toMatchObject({ ids: ['r-1'], mode: 'bestEffort' });
    expect(done.request.headers.has('Idempotency-Key')).toBe(true);
    done.flush({ results: [{ index: 0, status: 200, data: { ...bookings[0], status: 'cancelled' } }] });
    await settled();
    expect(screen().textContent).not.toContain('Meeting 1');

    TestBed.inject(Toasts).undoLatest();
    requested('POST', '/reservations/r-1/restore').flush(bookings[0]!);
    await settled();
    expect(screen().textContent).toContain('Meeting 1');
  });

  it('stay and are explained where the server refuses after all', async () => {
    boxes()[0]!.click();
    await settled();
    button('Cancel…').click();
    await settled();
    cancelling().flush({ results: [{ index: 0, status: 200, data: bookings[0] }] });
    await settled();
    button('Cancel 1 booking').click();
    await settled();
    cancelling().flush({ results: [{ index: 0, status: 409, problem: { code: 'invalid-state', title: 'Over', status: 409 } }] });
    await settled();

    expect(document.querySelector('berth-cancel-many-dialog')!.textContent).toMatch(/0 bookings are cancelled.*1 stays as it is/s);
    button('Close').click();
    await settled();
    expect(screen().textContent).toContain('Meeting 1');
  });

  it('are cancelled by a span of time, as the reader’s days go', async () => {
    document.querySelector<HTMLButtonElement>('berth-bookings-menu button')!.click();
    await settled();
    button('Cancel a time span…').click();
    await settled();
    const { filter } = cancelling().request.body as { filter: { from: string; to: string } };

    expect((Date.parse(filter.to) - Date.parse(filter.from)) / 86_400_000).toBe(7);
    expect(document.querySelector('berth-cancel-many-dialog')!.textContent).toContain('Cancel all bookings of a time span');
  });

  it('are written as CSV', async () => {
    URL.createObjectURL = jest.fn(() => 'blob:x');
    URL.revokeObjectURL = jest.fn();
    jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
    boxes()[0]!.click();
    boxes()[2]!.click();
    await settled();
    button('Export CSV').click();
    const asked = requested('GET', '/bulk/reservations/export');
    expect(asked.request.params.getAll('id')).toEqual(['r-1', 'r-3']);
    asked.flush('id\r\nr-1\r\nr-3\r\n');
    await settled();

    expect(URL.createObjectURL).toHaveBeenCalledTimes(1);
    TestBed.inject(HttpTestingController).verify();
  });
});
