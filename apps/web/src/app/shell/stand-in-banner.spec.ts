import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { Session, startAnew } from '@berth/web/data';
import { StandInBanner } from './stand-in-banner';
import { provideShell } from './testing';

const minute = 60_000;
const inMinutes = (minutes: number): string => new Date(Date.now() + minutes * minute).toISOString();
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const by = { id: 'adm', name: 'Ada' };
let server: HttpTestingController;
let restarts: number;

async function bannerFor(standIn: object | null) {
  restarts = 0;
  TestBed.configureTestingModule({
    providers: [...provideShell(), { provide: startAnew, useValue: () => restarts++ }],
  });
  server = TestBed.inject(HttpTestingController);
  const loading = TestBed.inject(Session).load();
  const me = { id: 'ana', displayName: 'Ana Ruiz', permissions: [], organization: { id: 'o' }, preferences: { language: 'en' }, standIn };
  server.expectOne('/api/v1/users/me').flush(me);
  await loading;
  const fixture = TestBed.createComponent(StandInBanner);
  await fixture.whenStable();
  return fixture;
}
const refused = { code: 'stand-in-over', status: 401 };

describe('StandInBanner', () => {
  it('is nothing for who acts as themselves', async () => {
    const fixture = await bannerFor(null);

    expect(fixture.nativeElement.textContent.trim()).toBe('');
  });

  it('says as whom, why and for how long, and stops', async () => {
    const fixture = await bannerFor({ by, reason: 'Ticket 4711', until: inMinutes(23.5) });
    const said = [...fixture.nativeElement.querySelectorAll('p > *')].map((it: HTMLElement) => it.textContent!.trim());
    expect(said).toEqual(['You act as Ana Ruiz', '– Ticket 4711', '– 24 min left']);

    fixture.nativeElement.querySelector('button').click();

    server.expectOne({ method: 'DELETE', url: '/api/v1/auth/stand-in' }).flush(null, { status: 204, statusText: '' });
    await settled();
    expect(restarts).toBe(1);
  });

  it('stops by itself when the time is up', async () => {
    await bannerFor({ by, reason: 'Ticket 4711', until: inMinutes(-1) });

    server.expectOne({ method: 'DELETE', url: '/api/v1/auth/stand-in' }).flush(null, { status: 204, statusText: '' });
    await settled();
    expect(restarts).toBe(1);
  });

  it('begins anew as oneself when something is refused because it is over, and sends nothing again', async () => {
    await bannerFor({ by, reason: 'Ticket 4711', until: inMinutes(20) });
    const asked = TestBed.inject(Session).standInFor('bo', 'Something else');
    server.expectOne('/api/v1/users/bo/stand-in').flush(refused, { status: 401, statusText: '' });

    server.expectOne({ method: 'DELETE', url: '/api/v1/auth/stand-in' }).flush(null, { status: 204, statusText: '' });

    await expect(asked).rejects.toMatchObject({ code: 'stand-in-over' });
    expect(restarts).toBe(1);
    server.verify();
  });

  it('begins anew in a tab when another tab acts as somebody else', async () => {
    await bannerFor(null);

    dispatchEvent(new StorageEvent('storage', { key: 'berth.stand-in' }));

    expect(restarts).toBe(1);
  });
});
