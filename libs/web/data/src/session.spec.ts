import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideTranslateLoader, provideTranslateService } from '@ngx-translate/core';
import { firstValueFrom, of } from 'rxjs';
import { apiInterceptor } from './api-interceptor';
import { PreferencesStore } from './preferences';
import { toProblem } from './problem';
import { Session } from './session';

const ana = {
  id: 'u-1',
  username: 'ana',
  displayName: 'Ana Kaya',
  email: 'ana@acme.example',
  role: 'admin',
  permissions: ['resource:manage'],
  organization: { id: 'o-1', name: 'Acme' },
  preferences: { language: 'de', theme: 'dark' },
};
const unauthorized = { status: 401, statusText: 'Unauthorized' };

let session: Session;
let http: HttpClient;
let server: HttpTestingController;

beforeEach(() => {
  localStorage.clear();
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(withInterceptors([apiInterceptor])),
      provideHttpClientTesting(),
      provideTranslateService({ loader: provideTranslateLoader(() => ({ getTranslation: () => of({}) })) }),
    ],
  });
  session = TestBed.inject(Session);
  http = TestBed.inject(HttpClient);
  server = TestBed.inject(HttpTestingController);
});

afterEach(() => server.verify());

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

async function signedIn(): Promise<void> {
  const done = session.signIn('ana', 'secret');
  server.expectOne('/api/v1/auth/sessions').flush({ user: ana });
  await settle();
  server.expectOne('/api/v1/users/me').flush(ana);
  await done;
}

describe('the session', () => {
  it('knows who is signed in and takes over their preferences', async () => {
    await signedIn();

    expect(session.user()?.displayName).toBe('Ana Kaya');
    expect(session.isAdmin()).toBe(true);
    expect(session.may('resource:manage')).toBe(true);
    expect(TestBed.inject(PreferencesStore).theme()).toBe('dark');
    expect(document.documentElement.lang).toBe('de');
  });

  it('rejects a wrong password as a problem', async () => {
    const failure = session.signIn('ana', 'wrong').catch(toProblem);
    server.expectOne('/api/v1/auth/sessions').flush({ code: 'invalid-credentials' }, unauthorized);

    expect(await failure).toMatchObject({ code: 'invalid-credentials', status: 401 });
    expect(session.user()).toBeNull();
  });

  it('is empty when neither the session nor its renewal is valid', async () => {
    const loaded = session.load();
    server.expectOne('/api/v1/users/me').flush({}, unauthorized);
    await settle();
    server.expectOne('/api/v1/token/refresh').flush({}, unauthorized);

    expect(await loaded).toBeNull();
  });

  it('forgets the person at sign-out even when the server cannot be reached', async () => {
    await signedIn();

    const done = session.signOut();
    server.expectOne('/api/v1/auth/oidc/sign-out').error(new ProgressEvent('error'));
    await new Promise((resolve) => setTimeout(resolve));
    server.expectOne('/api/v1/logout').error(new ProgressEvent('error'));

    expect(await done).toBeNull();
    expect(session.user()).toBeNull();
  });
});

describe('a call', () => {
  it('carries the language, and a key when it writes', () => {
    http.post('/api/v1/reservations', {}).subscribe();
    http.get('/api/v1/sites').subscribe();

    const write = server.expectOne('/api/v1/reservations').request;
    const read = server.expectOne('/api/v1/sites').request;
    expect(write.headers.get('Idempotency-Key')).toMatch(/^[0-9a-f-]{36}$/);
    expect(write.headers.get('Accept-Language')).toBe('en');
    expect(read.headers.has('Idempotency-Key')).toBe(false);
  });

  it('keeps the key its form has made', () => {
    http.post('/api/v1/reservations', {}, { headers: { 'Idempotency-Key': 'mine' } }).subscribe();

    expect(server.expectOne('/api/v1/reservations').request.headers.get('Idempotency-Key')).toBe('mine');
  });

  it('is repeated with the same key after a silent renewal', async () => {
    await signedIn();
    const answer = firstValueFrom(http.post('/api/v1/holds', {}));
    const first = server.expectOne('/api/v1/holds');
    first.flush({}, unauthorized);
    await settle();
    server.expectOne('/api/v1/token/refresh').flush(null, { status: 204, statusText: 'No Content' });
    await settle();

    const second = server.expectOne('/api/v1/holds');
    second.flush({ id: 'h-1' });

    expect(await answer).toEqual({ id: 'h-1' });
    expect(second.request.headers.get('Idempotency-Key')).toBe(first.request.headers.get('Idempotency-Key'));
  });

  it('shares one renewal with others', async () => {
    await signedIn();
    const both = Promise.all([firstValueFrom(http.get('/api/v1/sites')), firstValueFrom(http.get('/api/v1/tags'))]);
    server.expectOne('/api/v1/sites').flush({}, unauthorized);
    server.expectOne('/api/v1/tags').flush({}, unauthorized);
    await settle();
    server.expectOne('/api/v1/token/refresh').flush(null, { status: 204, statusText: 'No Content' });
    await settle();
    server.expectOne('/api/v1/sites').flush('sites');
    server.expectOne('/api/v1/tags').flush('tags');

    expect(await both).toEqual(['sites', 'tags']);
  });

  it('waits for the person to sign in again and then goes on', async () => {
    await signedIn();
    const answer = firstValueFrom(http.get('/api/v1/sites'));
    server.expectOne('/api/v1/sites').flush({}, unauthorized);
    await settle();
    server.expectOne('/api/v1/token/refresh').flush({}, unauthorized);
    await settle();
    expect(session.needsSignIn()).toBe(true);

    await signedIn();
    await settle();
    server.expectOne('/api/v1/sites').flush('sites');

    expect(await answer).toBe('sites');
    expect(session.needsSignIn()).toBe(false);
  });

  it('fails when the person would rather leave', async () => {
    await signedIn();
    const failure = firstValueFrom(http.get('/api/v1/sites')).catch(toProblem);
    server.expectOne('/api/v1/sites').flush({ code: 'unauthenticated' }, unauthorized);
    await settle();
    server.expectOne('/api/v1/token/refresh').flush({}, unauthorized);
    await settle();

    session.forget();

    expect(await failure).toMatchObject({ code: 'unauthenticated' });
  });

  it('fails as a problem', async () => {
    const failure = firstValueFrom(http.get('/api/v1/sites')).catch((error: unknown) => error);
    server.expectOne('/api/v1/sites').flush({ code: 'unavailable' }, { status: 503, statusText: 'Unavailable' });

    expect(await failure).toMatchObject({ name: 'Problem', code: 'unavailable' });
  });
});
