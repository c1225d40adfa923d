import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import type { JobResponse } from '@berth/api-client';
import { Jobs, LiveUpdates, Session } from '@berth/web/data';
import { JobChip } from './job-chip';
import { provideShell } from './testing';

let tell: () => void;

const aJob = (done: number, endedAt: string | null = null): JobResponse =>
  ({
    id: 'job-1',
    kind: 'import',
    state: endedAt ? 'done' : 'running',
    progress: { done, total: 500 },
    problem: null,
    endedAt,
  }) as JobResponse;
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

function theChip(): HTMLElement {
  TestBed.configureTestingModule({
    providers: [
      ...provideShell(),
      { provide: Session, useValue: { may: () => false } },
      { provide: LiveUpdates, useValue: { watch: (_: string, heard: () => void) => ((tell = heard), () => undefined) } },
    ],
  });
  const fixture = TestBed.createComponent(JobChip);
  fixture.autoDetectChanges();
  return fixture.nativeElement as HTMLElement;
}

async function toldOf(job: JobResponse): Promise<void> {
  tell();
  await settled();
  TestBed.inject(HttpTestingController).expectOne('/api/v1/jobs/job-1').flush(job);
  await settled();
  TestBed.tick();
}

describe('The progress of long work', () => {
  it('is there while it lasts, whoever began it on whatever screen', async () => {
    const chip = theChip();
    expect(chip.textContent.trim()).toBe('');

    const over = TestBed.inject(Jobs).follow(aJob(0), () => undefined);
    await settled();
    await toldOf(aJob(120));
    expect(chip.textContent).toContain('120 of 500');
    expect(chip.querySelector('progress')?.value).toBe(120);

    await toldOf(aJob(500, '2026-11-24T13:00:00Z'));
    await over;
    TestBed.tick();
    expect(chip.textContent.trim()).toBe('');
  });
});
