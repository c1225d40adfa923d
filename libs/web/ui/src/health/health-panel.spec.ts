import { TestBed } from '@angular/core/testing';
import { provideKitTexts } from '../testing/texts';
import { HealthPanel, type HealthLine } from './health-panel';

const finding = (part: string, state: HealthLine['state'], code: string, facts: HealthLine['facts'] = {}): HealthLine => ({
  ...{ part, state, code, facts },
});

async function panelOf(...findings: HealthLine[]): Promise<HTMLElement> {
  TestBed.configureTestingModule({ providers: [provideKitTexts()] });
  const fixture = TestBed.createComponent(HealthPanel);
  fixture.componentRef.setInput('health', { checkedAt: '2026-11-21T20:00:00Z', runtime: { node: 'v24.1.0' }, findings });
  await fixture.whenStable();
  return fixture.nativeElement as HTMLElement;
}

describe('HealthPanel', () => {
  it('says that all is well, and of what is not used just that', async () => {
    const panel = await panelOf(
      finding('database', 'ok', 'database-answers', { version: '18.1', milliseconds: 3, bytes: 12 * 1024 ** 2 }),
      finding('mail', 'unused', 'mail-not-set-up'),
    );

    expect(panel.querySelector('.sum')!.textContent).toBe('Everything Berth needs works.');
    expect(panel.textContent).toContain('PostgreSQL 18.1 answers in 3 ms and holds 12 MB.');
    expect(panel.querySelector('.unused')!.textContent).toContain('Not set up: no mail leaves here');
    expect([...panel.querySelectorAll('.fix')].map((it) => it.closest('li')?.className)).toEqual(['unused']);
  });

  it('gives the exact fix beside what is wrong', async () => {
    const facts = { directory: '/data', reason: 'EACCES' };
    const panel = await panelOf(finding('storage', 'failed', 'storage-not-writable', facts));

    expect(panel.querySelector('.sum')!.textContent).toContain('1');
    expect(panel.querySelector('.failed')!.textContent).toContain('/data cannot be written (EACCES).');
    expect(panel.querySelector('.fix')!.textContent).toContain('BERTH_DATA_DIR');
  });

  it('shows the diagnostics where the page may not copy them', async () => {
    const panel = await panelOf(finding('live', 'failed', 'live-late', { waiting: 4, seconds: 20 }));
    expect(panel.querySelector('pre')!.textContent).toContain('live: failed (live-late) waiting=4, seconds=20');

    [...panel.querySelectorAll('button')].at(-1)!.click();
    await new Promise((resolve) => setTimeout(resolve));

    expect(panel.querySelector('details')!.open).toBe(true);
  });
});
