import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting, type TestRequest } from '@angular/common/http/testing';
import type { EnvironmentProviders, Provider } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { apiInterceptor } from '@berth/web/data';
import { provideTranslateLoader, provideTranslateService, type TranslationObject } from '@ngx-translate/core';
import { of } from 'rxjs';
import booking from '../i18n/en.json';
import type { Reservation } from './reservation';
import type { AvailabilityAnswer, BookableResource } from './resources-api';

/** Its own words in English, for screens that show them. */
export const bookingTexts: TranslationObject = booking;

const rule = (value: unknown, level = 'default', name?: string) => ({ value, source: { level, ...(name ? { name } : {}) } });

/** The dialog's own words in English and a server that answers by hand. */
export function provideBookingSpec(words: TranslationObject = {}): (Provider | EnvironmentProviders)[] {
  return [
    provideHttpClient(withInterceptors([apiInterceptor])),
    provideHttpClientTesting(),
    provideTranslateService({
      lang: 'en',
      loader: provideTranslateLoader(() => ({ getTranslation: () => of({ ...booking, ...words } as TranslationObject) })),
    }),
  ];
}

export function aResource(given: Partial<BookableResource> = {}): BookableResource {
  return {
    id: 'turing',
    name: 'Turing',
    type: { name: 'Room' },
    site: { id: 'berlin', name: 'Berlin HQ' },
    floor: { name: 'Floor 3' },
    capacity: 12,
    units: 1,
    timeZone: 'Europe/Berlin',
    bookable: true,
    rules: { minDuration: rule('PT15M'), maxDuration: rule('PT4H', 'type', 'Rooms'), slotStep: rule('PT15M') },
    requiresApproval: false,
    ...given,
  };
}

export function aReservation(given: Partial<Reservation> = {}): Reservation {
  return {
    id: 'r-1',
    status: 'confirmed',
    title: 'Project sync',
    description: null,
    start: '2026-11-24T13:00:00Z',
    end: '2026-11-24T14:00:00Z',
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

/** A day on which nobody has booked anything. */
export function aFreeDay(ids: readonly string[], from: string): AvailabilityAnswer {
  return {
    from,
    resources: ids,
    closed: ids.map(() => []),
    blackouts: ids.map(() => []),
    assigned: ids.map(() => []),
    bars: { id: [], resource: [], start: [], end: [], heldStart: [], heldEnd: [], status: [], title: [], mine: [], quantity: [] },
  };
}

/** Lets promises and change detection come to rest. */
export async function settled(): Promise<void> {
  for (let i = 0; i < 4; i++) {
    await new Promise((resolve) => setTimeout(resolve));
    TestBed.tick();
  }
}

/** The one open request of a method and path. */
export function requested(method: string, path: string): TestRequest {
  return TestBed.inject(HttpTestingController).expectOne((it) => it.method === method && it.url === `/api/v1${path}`);
}

/** Answers whatever a form reads on its own: the resource and its day. */
export function answerReads(resource: BookableResource = aResource()): void {
  const server = TestBed.inject(HttpTestingController);
  for (const it of server.match((request) => request.method === 'GET' && request.url === `/api/v1/resources/${resource.id}`))
    it.flush(resource);
  for (const it of server.match((request) => request.method === 'GET' && request.url === '/api/v1/availability')) {
    it.flush(aFreeDay([resource.id], it.request.params.get('from')!));
  }
}

export function problemOf(code: string, status: number, rest: object = {}): [object, { status: number; statusText: string }] {
  return [
    { code, status, title: code, ...rest },
    { status, statusText: code },
  ];
}
