import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting, type TestRequest } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { apiInterceptor } from '@berth/web/data';
import { provideTranslateLoader, provideTranslateService } from '@ngx-translate/core';
import { of } from 'rxjs';
import english from '../../i18n/en.json';
import { aNotification } from '../testing';
import { ActPage } from './act-page';

const link = {
  ...{ verb: 'approve', kind: 'approval-asked', personName: 'Ben Okafor', organization: 'Acme' },
  ...{ facts: aNotification().facts, isDone: false, expiresAt: '2026-11-25T08:00:00Z' },
};
const server = (): HttpTestingController => TestBed.inject(HttpTestingController);
const posted = (path: string): TestRequest => server().expectOne({ method: 'POST', url: `/api/v1/notifications/${path}` });
const button = (page: HTMLElement): HTMLButtonElement | null => page.querySelector('button.primary');

async function settled(): Promise<void> {
  for (let i = 0; i < 4; i++) {
    await new Promise((resolve) => setTimeout(resolve));
    TestBed.tick();
  }
}

async function opened(answer: object): Promise<HTMLElement> {
  const harness = await RouterTestingHarness.create('/act#secret');
  const inspected = posted('act/inspect');
  expect(inspected.request.body).toEqual({ token: 'secret' });
  if ('code' in answer) inspected.flush(answer, { status: 410, statusText: 'Gone' });
  else inspected.flush(answer);
  await settled();
  return harness.routeNativeElement!;
}

describe('The page links of letters lead to', () => {
  beforeEach(() => {
    TestBed.configureTestingModule({
      providers: [
        provideHttpClient(withInterceptors([apiInterceptor])),
        provideHttpClientTesting(),
        provideRouter([{ path: 'act', component: ActPage }]),
        provideTranslateService({
          lang: 'en',
          loader: provideTranslateLoader(() => ({ getTranslation: () => of(english) })),
        }),
      ],
    });
  });

  it('says what would happen, in whose name, and does nothing before its button is pressed', async () => {
    const page = await opened(link);

    expect(page.textContent).toContain('Ana Kaya asks for Turing');
    expect(page.textContent).toContain('As Ben Okafor, Acme');
    server().expectNone('/api/v1/notifications/act');

    button(page)!.click();
    expect(posted('act').request.body).toEqual({ token: 'secret' });
  });

  it('says that it was done', async () => {
    const page = await opened(link);

    button(page)!.click();
    posted('act').flush({ verb: 'approve', kind: 'approval-asked' });
    await settled();

    expect(page.querySelector('h1')?.textContent).toBe('Approved');
    expect(button(page)).toBeNull();
  });

  it('says that somebody was first, and keeps the button for when it becomes free', async () => {
    const page = await opened({ ...link, verb: 'accept', kind: 'waitlist-offered' });

    button(page)!.click();
    posted('act').flush({ code: 'reservation-conflict', status: 409 }, { status: 409, statusText: 'Conflict' });
    await settled();

    expect(page.querySelector('[role=alert]')?.textContent).toContain('Somebody was first');
    expect(button(page)!.disabled).toBe(false);
  });

  it('has no button for a link that was used or has run out, and leads to what still works', async () => {
    const page = await opened({ code: 'link-invalid', status: 410 });

    expect(page.textContent).toContain('This link does nothing any more');
    expect(page.querySelector('a')?.getAttribute('href')).toBe('/notifications');
    expect(page.querySelector('button')).toBeNull();
  });

  it('has no button for what was done elsewhere', async () => {
    const page = await opened({ ...link, isDone: true });

    expect(page.textContent).toContain('This was done already');
    expect(page.querySelector('button')).toBeNull();
  });
});
