import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { Session, startAnew } from '@berth/web/data';
import { DemoBanner } from './demo-banner';
import { provideShell } from './testing';

const hour = 3_600_000;
const soon = (): string => new Date(Date.now() + hour).toISOString();
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const counts = { bookings: 412, resources: 60, people: 40, sites: 3, groups: 5, quotas: 2 };
let server: HttpTestingController;
let restarts: number;

async function bannerFor(organization: { demo: boolean; demoUndoUntil: string | null }, permissions = ['organization:manage']) {
  restarts = 0;
  TestBed.configureTestingModule({
    providers: [...provideShell(), { provide: startAnew, useValue: () => restarts++ }],
  });
  server = TestBed.inject(HttpTestingController);
  const loading = TestBed.inject(Session).load();
  const preferences = { language: 'en', timeZone: 'Europe/Berlin' };
  server
    .expectOne('/api/v1/users/me')
    .flush({ id: 'ana', permissions, organization: { id: 'o', name: 'Acme', ...organization }, preferences });
  await loading;
  const fixture = TestBed.createComponent(DemoBanner);
  await fixture.whenStable();
  return fixture;
}
const button = (root: ParentNode, words: string): HTMLButtonElement =>
  [...root.querySelectorAll('button')].find((it) => it.textContent?.trim() === words)!;

describe('DemoBanner', () => {
  afterEach(() => document.querySelector('.cdk-overlay-container')?.remove());

  it('is nothing where there is no demo data', async () => {
    const fixture = await bannerFor({ demo: false, demoUndoUntil: null });

    expect(fixture.nativeElement.textContent.trim()).toBe('');
  });

  it('says what everybody sees, and leaves the button to those who may', async () => {
    const fixture = await bannerFor({ demo: true, demoUndoUntil: null }, []);

    expect(fixture.nativeElement.textContent).toContain('Demo data');
    expect(fixture.nativeElement.querySelector('button')).toBeNull();
  });

  it('says what goes before it goes, keeps what people made, and starts anew', async () => {
    const fixture = await bannerFor({ demo: true, demoUndoUntil: null });
    button(fixture.nativeElement, 'Remove demo data').click();
    await settled();
    await settled();
    const keep = { ...counts, bookings: 409, resources: 58 };
    server.expectOne('/api/v1/demo-data').flush({ state: 'present', undoUntil: null, removal: { keep, remove: counts } });
    await settled();
    TestBed.tick();
    const dialog = document.querySelector('berth-remove-demo-dialog')!;
    expect([...dialog.querySelectorAll('dl > div')].map((it) => it.textContent!)).toEqual([
      ...['Bookings409', 'Resources58', 'People40', 'Sites3', 'Groups5', 'Quotas2'],
    ]);
    expect(dialog.querySelector('legend')!.textContent).toContain('3');
    dialog.querySelectorAll<HTMLInputElement>('input[type=radio]')[1]!.click();
    TestBed.tick();
    expect(dialog.querySelector('dl')!.textContent).toContain('412');

    button(dialog, 'Remove demo data').click();

    const call = server.expectOne('/api/v1/demo-data/remove');
    expect(call.request.body).toEqual({ ownBookings: 'remove' });
    call.flush({ state: 'removed', undoUntil: soon(), removal: null });
    await settled();
    expect(restarts).toBe(1);
  });

  it('brings it back in the same place, and says why where that cannot be', async () => {
    const fixture = await bannerFor({ demo: false, demoUndoUntil: soon() });
    button(fixture.nativeElement, 'Undo').click();
    server
      .expectOne('/api/v1/demo-data/restore')
      .flush(
        { code: 'already-exists', status: 409, detail: 'There is a site now with the name of a demo site.' },
        { status: 409, statusText: '' },
      );
    await fixture.whenStable();
    expect(restarts).toBe(0);

    button(fixture.nativeElement, 'Undo').click();

    server.expectOne('/api/v1/demo-data/restore').flush({ state: 'present', undoUntil: null, removal: { keep: counts, remove: counts } });
    await settled();
    expect(restarts).toBe(1);
  });

  it('has nothing to take back once the time has passed', async () => {
    const fixture = await bannerFor({ demo: false, demoUndoUntil: new Date(Date.now() - hour).toISOString() });

    expect(fixture.nativeElement.textContent.trim()).toBe('');
  });
});
