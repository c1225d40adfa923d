import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting, type TestRequest } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { apiInterceptor, type WaitlistEntry } from '@berth/web/data';
import { provideTranslateLoader, provideTranslateService, type TranslationObject } from '@ngx-translate/core';
import { of } from 'rxjs';
import english from '../i18n/en.json';
import { Waitlist } from './waitlist';

const inHalfAnHour = (): string => new Date(Date.now() + 1_800_000).toISOString();

function anEntry(given: Partial<WaitlistEntry> = {}): WaitlistEntry {
  return {
    id: 'w-1',
    status: 'waiting',
    resources: [{ id: 'turing', name: 'Turing' }],
    criteria: null,
    start: '2099-11-24T13:00:00Z',
    end: '2099-11-24T14:00:00Z',
    timeZone: 'Europe/Berlin',
    flexMinutes: 0,
    quantity: 1,
    autoAccept: false,
    title: null,
    position: 2,
    likelihood: null,
    offer: null,
    reservationId: null,
    joinedAt: '2026-11-20T09:00:00Z',
    ...given,
  };
}

const anOffer = (): WaitlistEntry =>
  anEntry({
    id: 'w-2',
    status: 'offered',
    offer: {
      resources: [{ id: 'turing', name: 'Turing' }],
      start: '2099-11-24T13:00:00Z',
      end: '2099-11-24T14:00:00Z',
      expiresAt: inHalfAnHour(),
    },
  });

function requested(method: string, path: string): TestRequest {
  return TestBed.inject(HttpTestingController).expectOne((it) => it.method === method && it.url === `/api/v1${path}`);
}

async function settled(): Promise<void> {
  for (let i = 0; i < 4; i++) {
    await new Promise((resolve) => setTimeout(resolve));
    TestBed.tick();
  }
}

async function shown(entries: readonly WaitlistEntry[]): Promise<HTMLElement> {
  const harness = await RouterTestingHarness.create('/me/waitlist');
  answer(entries);
  await settled();
  return harness.routeNativeElement!;
}

const answer = (entries: readonly WaitlistEntry[]): void =>
  requested('GET', '/waitlist').flush({ data: entries, page: { nextCursor: null, hasMore: false } });
const button = (page: HTMLElement, text: string): HTMLButtonElement =>
  [...page.querySelectorAll('button')].find((it) => it.textContent?.trim() === text)!;

describe('The waitlist', () => {
  beforeEach(() => {
    TestBed.configureTestingModule({
      providers: [
        provideHttpClient(withInterceptors([apiInterceptor])),
        provideHttpClientTesting(),
        provideRouter([{ path: 'me/waitlist', component: Waitlist }]),
        provideTranslateService({
          lang: 'en',
          loader: provideTranslateLoader(() => ({ getTranslation: () => of(english as TranslationObject) })),
        }),
      ],
    });
  });

  it('says what to do where nothing is waited for', async () => {
    const page = await shown([]);

    expect(page.textContent).toContain('You wait for nothing');
  });

  it('tells the place in the queue, what else would do, and how likely it is', async () => {
    const page = await shown([anEntry({ flexMinutes: 30, autoAccept: true, likelihood: 0.4 }), anEntry({ id: 'w-3', position: 1 })]);

    expect(page.textContent).toContain('Place 2');
    expect(page.textContent).toContain('or up to 30 min earlier or later · booked at once when free · about 40 % get a time');
    expect(page.textContent).toContain('You are next');
  });

  it('names all that is waited for together', async () => {
    const resources = [
      { id: 'turing', name: 'Turing' },
      { id: 'screen', name: 'Screen' },
    ];

    const page = await shown([anEntry({ resources })]);

    expect(page.textContent).toContain('Turing and Screen');
  });

  it('counts an offer down and takes it with one click', async () => {
    const page = await shown([anOffer()]);
    expect(page.querySelector('[role=timer]')?.textContent).toMatch(/(30:00|29:5\d)/);

    button(page, 'Accept').click();
    requested('POST', '/waitlist/w-2/accept').flush(anEntry({ status: 'accepted' }));
    await settled();
    answer([anEntry({ id: 'w-2', status: 'accepted', reservationId: 'r-1' })]);
    await settled();

    expect(page.querySelector('a')?.getAttribute('href')).toBe('/me/bookings?booking=r-1');
  });

  it('says that an offer was gone, and shows what is true now', async () => {
    const page = await shown([anOffer()]);

    button(page, 'Decline').click();
    requested('POST', '/waitlist/w-2/decline').flush({ code: 'invalid-state', status: 409 }, { status: 409, statusText: 'Conflict' });
    await settled();
    answer([anEntry({ id: 'w-2', status: 'expired' })]);
    await settled();

    expect(page.textContent).toContain('Expired');
  });
});
