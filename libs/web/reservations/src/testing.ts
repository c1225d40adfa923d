import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting, type TestRequest } from '@angular/common/http/testing';
import type { EnvironmentProviders, Provider } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, withComponentInputBinding } from '@angular/router';
import type { Reservation } from '@berth/web/booking';
import { bookingTexts } from '@berth/web/booking/testing';
import { apiInterceptor } from '@berth/web/data';
import { provideTranslateLoader, provideTranslateService, type TranslationObject } from '@ngx-translate/core';
import { of } from 'rxjs';
import english from '../i18n/en.json';
import { MyBookings } from './my-bookings';

/** The screen at its address, its own words in English, and a server that answers by hand. */
export function provideAgendaSpec(): (Provider | EnvironmentProviders)[] {
  return [
    provideHttpClient(withInterceptors([apiInterceptor])),
    provideHttpClientTesting(),
    provideRouter([{ path: 'me/bookings', component: MyBookings }], withComponentInputBinding()),
    provideTranslateService({
      lang: 'en',
      loader: provideTranslateLoader(() => ({ getTranslation: () => of({ ...bookingTexts, ...english } as TranslationObject) })),
    }),
  ];
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

/** A page of a list. */
export function pageOf(data: readonly Reservation[], nextCursor: string | null = null) {
  return { data, page: { nextCursor, hasMore: nextCursor !== null } };
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
