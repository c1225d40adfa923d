import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { Jobs } from './jobs';
import { LiveUpdates, type LiveEvent } from './live-updates';
import { Quiet } from './quiet';

let tell: (event: LiveEvent) => void;
let missed: () => void;
let begin: () => void;

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const told = (type: string, jobId: string, done = 0): LiveEvent => ({
  ...{ topic: 'me', type, seq: 1, at: '2026-11-24T11:12:00Z' },
  data: { jobId, kind: 'import', done, total: 500 },
});
const listed = (id: string, done: number) => ({ id, kind: 'import', state: 'running', progress: { done, total: 500 }, endedAt: null });
const asked = () => TestBed.inject(HttpTestingController).match((it) => it.url === '/api/v1/jobs');

function attending(): { jobs: Jobs; leave: () => void } {
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(),
      provideHttpClientTesting(),
      {
        provide: LiveUpdates,
        useValue: { watch: (_: string, heard: typeof tell, resync: () => void) => ((tell = heard), (missed = resync), () => undefined) },
      },
      { provide: Quiet, useValue: { afterTheScreen: (work: () => void) => ((begin = work), () => undefined) } },
    ],
  });
  const jobs = TestBed.inject(Jobs);
  return { jobs, leave: jobs.attend() };
}

describe('Jobs', () => {
  it('that were begun before the window was read anew are known again, the first one first', async () => {
    const { jobs } = attending();

    begin();
    const [request] = asked();
    expect(request?.request.params.get('state')).toBe('queued,running');
    request?.flush({ data: [listed('job-2', 0), listed('job-1', 120)], page: { nextCursor: null, hasMore: false } });
    await settled();

    expect(jobs.running().map((it) => [it.id, it.progress.done])).toEqual([
      ['job-1', 120],
      ['job-2', 0],
    ]);
  });

  it('that another window begins are known as long as they last', () => {
    const { jobs } = attending();

    tell(told('job.progressed', 'job-1'));
    tell(told('job.progressed', 'job-1', 40));
    tell(told('notification.created', 'job-1'));
    expect(jobs.running()).toEqual([{ id: 'job-1', kind: 'import', progress: { done: 40, total: 500 } }]);

    tell(told('job.ended', 'job-1', 500));
    expect(jobs.running()).toEqual([]);
  });

  it('that end while they are asked for do not come back, and an answer that fails changes nothing', async () => {
    const { jobs } = attending();
    tell(told('job.progressed', 'job-1', 499));
    missed();
    tell(told('job.ended', 'job-1', 500));
    tell(told('job.progressed', 'job-2'));
    asked()[0]?.flush({ data: [listed('job-2', 1), listed('job-1', 499)], page: { nextCursor: null, hasMore: false } });
    await settled();
    expect(jobs.running().map((it) => it.id)).toEqual(['job-2']);

    missed();
    asked()[0]?.flush(null, { status: 503, statusText: 'away' });
    await settled();
    expect(jobs.running().map((it) => it.id)).toEqual(['job-2']);
  });

  it('are nobody’s concern once the person has left', () => {
    const { jobs, leave } = attending();
    tell(told('job.progressed', 'job-1'));

    leave();

    expect(jobs.running()).toEqual([]);
  });
});
