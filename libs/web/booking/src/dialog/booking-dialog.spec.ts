import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { PreferencesStore } from '@berth/web/data';
import { Toasts } from '@berth/web/ui';
import axe from 'axe-core';
import { Booking, type BookingRequest } from '../booking';
import { aReservation, aResource, answerReads, problemOf, provideBookingSpec, requested, settled } from '../testing';

// A loaded machine takes its time to draw a whole dialog in jsdom.
jest.setTimeout(30_000);

// jsdom draws nothing; what needs pixels is measured in a browser.
const withoutLayout = {
  'color-contrast': { enabled: false },
  'label-content-name-mismatch': { enabled: false },
  region: { enabled: false },
};

const slot: BookingRequest = {
  resourceId: 'turing',
  start: '2026-11-24T13:00:00Z',
  end: '2026-11-24T14:00:00Z',
  timeZone: 'Europe/Berlin',
};
const busy = { start: '2026-11-24T13:00:00Z', end: '2026-11-24T14:00:00Z' };

const inPage = <T extends Element = HTMLElement>(selector: string): T => document.querySelector<T>(`.cdk-dialog-container ${selector}`)!;
const button = (text: string): HTMLButtonElement =>
  [...document.querySelectorAll<HTMLButtonElement>('.cdk-dialog-container button')].find((it) => it.textContent.trim().startsWith(text))!;
const note = (): string => inPage('.note.error')?.textContent.trim() ?? '';

function type(name: string, text: string): void {
  const input = inPage<HTMLInputElement>(`input[name=${name}]`);
  input.value = text;
  input.dispatchEvent(new Event('input', { bubbles: true }));
}

function aHold(id = 'hold-1') {
  const now = Date.now();
  return { id, expiresAt: new Date(now + 60_000).toISOString(), maxExpiresAt: new Date(now + 300_000).toISOString() };
}

describe('the booking dialog', () => {
  let outcome: Promise<'booked' | 'closed'>;

  async function opened(request: BookingRequest = slot, resource = aResource()): Promise<void> {
    outcome = TestBed.inject(Booking).open(request);
    await settled();
    answerReads(resource);
    await settled();
    answerReads(resource);
  }
  async function held(request: BookingRequest = slot, resource = aResource()): Promise<void> {
    await opened(request, resource);
    requested('POST', '/holds').flush(aHold());
    await settled();
  }

  // The dialog is loaded when it is first opened; here that includes compiling it.
  beforeAll(() => import('../open-forms'));

  beforeEach(() => {
    localStorage.clear();
    // The form judges what has passed by the clock.
    jest.useFakeTimers({
      now: Date.parse('2026-11-24T08:00:00Z'),
      doNotFake: ['setTimeout', 'setInterval', 'queueMicrotask', 'performance'],
    });
    TestBed.configureTestingModule({ providers: provideBookingSpec() });
  });

  afterEach(async () => {
    button('Cancel')?.click();
    await settled();
    TestBed.inject(HttpTestingController)
      .match((it) => it.method === 'DELETE')
      .forEach((it) => it.flush(null));
    jest.useRealTimers();
  });

  it('holds the slot it was opened on and says what it books', async () => {
    await opened();

    const hold = requested('POST', '/holds');
    expect(hold.request.body).toEqual({ resourceId: 'turing', start: slot.start, end: slot.end });
    hold.flush(aHold());
    await settled();

    expect(inPage('h2').textContent).toBe('Book Turing');
    expect(inPage('[role=timer]').textContent).toBe('5:00');
    expect(inPage<HTMLInputElement>('input[name=from]').value).toBe('14:00');
    expect(document.activeElement).toBe(inPage('input[name=title]'));
  });

  it('begins with the usual length of whoever books where nobody says how long', async () => {
    await TestBed.inject(PreferencesStore).change({ defaultDurationMinutes: 90 });

    await held({ resourceId: 'turing', start: slot.start, timeZone: 'Europe/Berlin' });

    expect(inPage<HTMLInputElement>('input[name=to]').value).toBe('15:30');
  });

  it('tells of the quotas that count here the one nearest its end', async () => {
    await held();
    const lab = {
      id: 'q-1',
      name: 'Lab hours',
      what: { kind: 'type', id: 'laser' },
      measure: 'time',
      window: 'week',
      used: 590,
      limit: 600,
    };
    const rooms = { ...lab, id: 'q-2', name: 'Bookings', what: { kind: 'everything', id: null }, measure: 'count', used: 3, limit: 4 };
    const rest = { whatName: null, freesAt: null };
    requested('GET', '/quotas/my-reservations').flush({
      data: [
        { ...lab, ...rest },
        { ...rooms, ...rest },
      ],
    });
    await settled();

    expect(inPage('berth-quota-note').textContent).toContain('Bookings: 3 of 4 bookings this week');
    expect(inPage('berth-quota-note [role=meter]').getAttribute('aria-valuenow')).toBe('3');
  });

  it('books with its hold and takes the booking back on Undo', async () => {
    await held();
    type('title', 'Project sync');
    type('people', '6');
    button('Book').click();
    await settled();

    const booking = requested('POST', '/reservations');
    expect(booking.request.body).toMatchObject({
      resourceId: 'turing',
      title: 'Project sync',
      attendees: 6,
      holdId: 'hold-1',
      timeZone: 'Europe/Berlin',
    });
    expect(booking.request.headers.get('Idempotency-Key')).toMatch(/^[0-9a-f-]{36}$/);
    booking.flush(aReservation());
    await settled();
    await expect(outcome).resolves.toBe('booked');

    const toasts = TestBed.inject(Toasts);
    expect(toasts.shown()[0]!.text).toBe('Turing is booked, Tue 24 Nov, 14:00–15:00');
    toasts.undoLatest();
    expect(requested('POST', '/reservations/r-1/cancel').request.body).toEqual({ undoSeconds: 0 });
  });

  it('books once however often Book is pressed', async () => {
    await held();

    button('Book').click();
    button('Book').click();
    inPage('form').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true }));
    await settled();

    requested('POST', '/reservations').flush(aReservation());
    await settled();
  });

  it('explains a broken rule before anything is sent, and mends it with one click', async () => {
    await opened({ ...slot, end: '2026-11-24T19:00:00Z' });
    const violation = {
      rule: 'max-duration',
      limit: 'PT4H',
      given: 'PT6H',
      source: { level: 'type', name: 'Rooms' },
      detail: 'too long',
      suggestion: { action: 'shorten', patch: { end: '2026-11-24T17:00:00Z' } },
    };
    requested('POST', '/holds').flush(...problemOf('policy-violation', 422, { violations: [violation] }));
    await settled();

    expect(note()).toContain('At most 4 h here, you chose 6 h');
    expect(note()).toContain('Set on Rooms');
    expect(button('Book').getAttribute('aria-disabled')).toBe('true');
    button('Shorten to 4 h').click();
    await settled();

    expect(requested('POST', '/holds').request.body).toMatchObject({ end: '2026-11-24T17:00:00Z' });
    expect(inPage<HTMLInputElement>('input[name=to]').value).toBe('18:00');
  });

  it('offers what is free instead of what was taken in the meantime; one click books it', async () => {
    await held();
    type('title', 'Project sync');
    button('Book').click();
    await settled();
    const first = requested('POST', '/reservations');
    const alternatives = [{ resourceId: 'noether', name: 'Noether', ...busy, score: 0.95 }];
    const conflicts = [{ resourceId: 'turing', reason: 'overlap', busy, title: 'Budget', alternatives }];
    first.flush(...problemOf('reservation-conflict', 409, { conflicts }));
    await settled();

    expect(note()).toContain('Taken by “Budget”, 14:00–15:00');
    button('Book Noether, 14:00').click();
    await settled();
    answerReads(aResource({ id: 'noether', name: 'Noether' }));
    expect(requested('POST', '/holds').request.body).toMatchObject({ resourceId: 'noether' });
    TestBed.inject(HttpTestingController).match((it) => it.url === '/api/v1/holds');
  });

  it('sends the alternative under the same key', async () => {
    await held();
    button('Book').click();
    await settled();
    const first = requested('POST', '/reservations');
    const key = first.request.headers.get('Idempotency-Key');
    const alternatives = [{ resourceId: 'turing', name: 'Turing', start: '2026-11-24T14:00:00Z', end: '2026-11-24T15:00:00Z', score: 0.9 }];
    first.flush(...problemOf('slot-held', 409, { conflicts: [{ resourceId: 'turing', reason: 'held', busy, title: null, alternatives }] }));
    await settled();

    button('Book 15:00–16:00').click();
    await settled();
    requested('POST', '/holds').flush(aHold('hold-2'));
    await settled();

    const second = requested('POST', '/reservations');
    expect(second.request.body).toMatchObject({ start: '2026-11-24T14:00:00Z', holdId: 'hold-2' });
    expect(second.request.headers.get('Idempotency-Key')).toBe(key);
    second.flush(aReservation());
    await settled();
  });

  it('reads a typed time, keeps the length, and holds the new time', async () => {
    await held();

    type('from', '1630');
    inPage('input[name=from]').dispatchEvent(new Event('blur'));
    await new Promise((resolve) => setTimeout(resolve, 300));
    await settled();

    expect(requested('POST', '/holds').request.body).toMatchObject({ start: '2026-11-24T15:30:00Z', end: '2026-11-24T16:30:00Z' });
    expect(inPage<HTMLInputElement>('input[name=to]').value).toBe('17:30');
  });

  it('books several resources as one, and goes on without the one that cannot be had', async () => {
    const further = (id: string, name: string) => ({ id, name, needsApproval: false });
    await opened({ ...slot, resourceName: 'Turing', also: [further('noether', 'Noether'), further('hopper', 'Hopper')] });
    const hold = requested('POST', '/holds');
    expect(hold.request.body).toEqual({ resourceIds: ['turing', 'noether', 'hopper'], start: slot.start, end: slot.end });
    const conflicts = [{ resourceId: 'turing', reason: 'overlap', busy, title: 'Budget', alternatives: [] }];
    hold.flush(...problemOf('reservation-conflict', 409, { conflicts }));
    await settled();
    expect(inPage('h2').textContent).toBe('Book 3 resources together');
    expect(inPage('berth-resource-field')).toBeNull();
    expect((await axe.run(inPage('berth-dialog-frame'), { rules: withoutLayout })).violations).toEqual([]);

    button('Book without Turing').click();
    await new Promise((resolve) => setTimeout(resolve, 300));
    await settled();
    answerReads(aResource({ id: 'noether', name: 'Noether' }));
    const again = requested('POST', '/holds');
    expect(again.request.body).toMatchObject({ resourceIds: ['noether', 'hopper'] });
    again.flush(aHold());
    await settled();
    button('Book').click();
    await settled();

    const booking = requested('POST', '/reservations');
    expect(booking.request.body).toMatchObject({ resourceIds: ['noether', 'hopper'], holdId: 'hold-1' });
    expect(booking.request.body).not.toHaveProperty('resourceId');
    booking.flush(aReservation());
    await settled();
    await expect(outcome).resolves.toBe('booked');
  });

  it('says so beside the field when a time cannot be read', async () => {
    await held();

    type('from', 'teatime');
    inPage('input[name=from]').dispatchEvent(new Event('blur'));
    await settled();

    expect(inPage('.from .error').textContent).toContain('“teatime” is not a time');
    expect(inPage('input[name=from]').getAttribute('aria-invalid')).toBe('true');
  });

  it('asks where approval is needed', async () => {
    await held(slot, aResource({ requiresApproval: true }));

    expect(button('Request')).toBeDefined();
    expect(inPage('.note.pending').textContent).toContain('Turing needs approval.');
  });

  it('keeps a closed form for ten minutes and lets its hold go', async () => {
    await held();
    type('title', 'Project sync');
    button('Cancel').click();
    await settled();
    await expect(outcome).resolves.toBe('closed');
    requested('DELETE', '/holds/hold-1').flush(null);

    await held();
    expect(inPage<HTMLInputElement>('input[name=title]').value).toBe('Project sync');
    button('Cancel').click();
    await settled();

    jest.setSystemTime(Date.now() + 11 * 60_000);
    await held();
    expect(inPage<HTMLInputElement>('input[name=title]').value).toBe('');
  });

  it('asks what to book before it sends a form without a resource', async () => {
    outcome = TestBed.inject(Booking).open();
    await settled();

    button('Book').click();
    await settled();

    expect(inPage('berth-resource-field .error').textContent).toContain('Choose what to book');
  });

  describe('where the type asks something', () => {
    const asked = {
      fields: [
        { key: 'project', label: 'Project', kind: 'text', required: true, options: [] },
        { key: 'setup', label: 'Set-up', kind: 'select', required: false, options: ['rows', 'circle'], default: 'rows' },
      ],
    };

    async function heldAsking(): Promise<void> {
      await held(slot, aResource({ type: { id: 't-room', name: 'Room' } }));
      requested('GET', '/resource-types/t-room').flush(asked);
      await settled();
    }

    it('books nothing before what is needed is answered', async () => {
      await heldAsking();

      button('Book').click();
      await settled();
      await settled();

      expect(inPage('berth-answers .error').textContent).toBe('This needs an answer');
      expect(document.activeElement).toBe(inPage('input[name=project]'));

      type('project', 'Apollo');
      button('Book').click();
      await settled();
      const booking = requested('POST', '/reservations');
      expect(booking.request.body).toMatchObject({ customFields: { project: 'Apollo', setup: 'rows' } });
      booking.flush(aReservation());
      await settled();
    });

    it('asks what the server misses since the form was opened', async () => {
      await heldAsking();
      type('project', 'Apollo');
      button('Book').click();
      await settled();
      const errors = [{ pointer: '/customFields/budget', code: 'required', detail: 'Budget is needed.' }];
      requested('POST', '/reservations').flush(...problemOf('validation-failed', 400, { errors }));
      await settled();

      const budget = { key: 'budget', label: 'Budget', kind: 'number', required: true, options: [] };
      requested('GET', '/resource-types/t-room').flush({ fields: [...asked.fields, budget] });
      await settled();
      await settled();

      expect(document.activeElement).toBe(inPage('input[name=budget]'));
      expect(inPage<HTMLInputElement>('input[name=project]').value).toBe('Apollo');
    });
  });

  it('can be read and used by everyone', async () => {
    await held();

    const { violations } = await axe.run(inPage('berth-booking-dialog'), {
      rules: withoutLayout,
    });

    expect(violations.map((it) => it.id)).toEqual([]);
  });
});
