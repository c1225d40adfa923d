import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting, type TestRequest } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import type { AvailabilityAnswer } from '@berth/web/booking';
import { Session, apiInterceptor } from '@berth/web/data';
import { provideTranslateLoader, provideTranslateService } from '@ngx-translate/core';
import { of } from 'rxjs';
import find from '../i18n/en.json';
import type { RowsAnswer } from './data/catalogue';
import type { FoundResource, Hit, SearchAnswer } from './data/find-api';
import { findRoutes } from './find.routes';

const rooms = ['turing', 'noether', 'hopper'];

export const theCatalogue: RowsAnswer = {
  types: [
    { id: 't1', key: 'room', name: 'Room' },
    { id: 't2', key: 'desk', name: 'Desk' },
  ],
  sites: [{ id: 'berlin', name: 'Berlin HQ', timeZone: 'Europe/Berlin' }],
  floors: [{ id: 'f3', name: 'Floor 3', siteId: 'berlin' }],
  rules: [{ slotStep: 'PT15M', bufferBefore: 'PT0S', bufferAfter: 'PT0S', mayLeaveOpenHours: false }],
  rows: {
    id: rooms,
    name: ['Turing', 'Noether', 'Hopper'],
    type: [0, 0, 1],
    site: [0, 0, 0],
    floor: [0, 0, 0],
    capacity: [12, 8, 1],
    units: [1, 1, 1],
    status: ['available', 'available', 'available'],
    bookable: [true, true, true],
    rules: [0, 0, 0],
    tags: [['display'], ['display', 'camera'], []],
  },
};

export function aResource(id: string): FoundResource {
  return {
    id,
    name: id.charAt(0).toUpperCase() + id.slice(1),
    type: { key: 'room', name: 'Room', icon: 'door-open' },
    site: { id: 'berlin', name: 'Berlin HQ' },
    floor: { id: 'f3', name: 'Floor 3' },
    capacity: 8,
    units: 1,
    tags: ['display'],
    location: null,
    timeZone: 'Europe/Berlin',
  };
}

/** A hit on Tuesday 24 November 2026, 14:00–15:00 in Berlin. */
export function aHit(id: string, given: Partial<Hit> = {}): Hit {
  return {
    resource: aResource(id),
    start: '2026-11-24T13:00:00Z',
    end: '2026-11-24T14:00:00Z',
    needsApproval: false,
    reasons: [{ code: 'capacity-fits', wanted: 6, capacity: 8 }],
    ...given,
  };
}

export function anAnswer(given: Partial<SearchAnswer> = {}): SearchAnswer {
  return { data: [], otherTimes: [], refused: [], page: { nextCursor: null, hasMore: false }, ...given };
}

/** Days in which one resource may be taken from one hour to another after midnight UTC. */
export function daysOf(
  { request }: TestRequest,
  taken?: { readonly id: string; readonly from: number; readonly to: number },
): AvailabilityAnswer {
  const resources = request.params.getAll('resource')!;
  const from = request.params.get('from')!;
  const index = taken ? resources.indexOf(taken.id) : -1;
  const seconds = (hours: number): number => Date.parse('2026-11-24T00:00:00Z') / 1000 + hours * 3600 - Date.parse(from) / 1000;
  const one = <T>(value: T): T[] => (index < 0 ? [] : [value]);
  const [start, end] = [seconds(taken?.from ?? 0), seconds(taken?.to ?? 0)];
  return {
    from,
    resources,
    closed: resources.map(() => []),
    blackouts: resources.map(() => []),
    assigned: resources.map(() => []),
    bars: {
      id: one('r'),
      resource: one(index),
      start: one(start),
      end: one(end),
      heldStart: one(start),
      heldEnd: one(end),
      status: one('confirmed'),
      title: one(null),
      mine: one(0),
      quantity: one(1),
    },
  };
}

const ana = {
  id: 'ana',
  username: 'ana',
  displayName: 'Ana Kaya',
  email: 'ana@acme.example',
  role: 'user',
  permissions: ['availability:read', 'reservation:create', 'profile:manage'],
  organization: {
    id: 'o',
    name: 'Acme',
    timeZone: 'Europe/Berlin',
    language: 'en',
    weekStart: 1,
    registrationOpen: false,
    demo: false,
    demoUndoUntil: null,
  },
  preferences: { language: 'en', timeZone: 'Europe/Berlin' },
};

/** The screen at an address, with a server that answers by hand. */
export async function openFind(url: string) {
  Object.assign(globalThis, {
    matchMedia: () => ({ matches: false, addEventListener: () => undefined, removeEventListener: () => undefined }),
  });
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(withInterceptors([apiInterceptor])),
      provideHttpClientTesting(),
      provideRouter([{ path: 'book', children: findRoutes }]),
      provideTranslateService({
        lang: 'en',
        loader: provideTranslateLoader(() => ({ getTranslation: () => of(find) })),
      }),
    ],
  });
  const server = TestBed.inject(HttpTestingController);
  const signingIn = TestBed.inject(Session).load();
  server.expectOne((it) => it.url.endsWith('/users/me')).flush(ana);
  await signingIn;
  const harness = await RouterTestingHarness.create(url);
  const settle = async (): Promise<void> => {
    for (let round = 0; round < 4; round++) {
      harness.fixture.detectChanges();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const asked = (end: string): TestRequest[] => server.match((it) => it.url.endsWith(end));
  const page = harness.routeNativeElement!;
  await settle();
  for (const it of asked('/availability/rows')) it.flush(theCatalogue);
  await settle();
  return { page, settle, asked };
}
