import { HttpClient, HttpParams } from '@angular/common/http';
import { Injectable, inject, signal } from '@angular/core';
import type { JobPage, JobResponse } from '@berth/api-client';
import { firstValueFrom } from 'rxjs';
import { apiUrl } from './api-url';
import { LiveUpdates, type LiveEvent } from './live-updates';
import { Problem } from './problem';
import { Quiet } from './quiet';

/** How often a job is looked at where the stream says nothing. */
const LOOK_MS = 2_000;

/** A job that is not over. */
export type RunningJob = Pick<JobResponse, 'id' | 'kind' | 'progress'>;

/** What the stream says of a job. */
interface Told {
  readonly jobId: string;
  readonly kind: JobResponse['kind'];
  readonly done: number;
  readonly total: number;
}

/** One's own work that goes on after its request was answered. Every promise rejects with a Problem. */
@Injectable({ providedIn: 'root' })
export class Jobs {
  private readonly http = inject(HttpClient);
  private readonly live = inject(LiveUpdates);
  private readonly quiet = inject(Quiet);
  private readonly known = signal<readonly RunningJob[]>([]);
  /** What an answer that was asked for before may still take for running. */
  private readonly over = new Set<string>();

  /** What is under way, as it was last seen; the one begun first stands first. */
  readonly running = this.known.asReadonly();

  /** Knows of all that is under way, also of what another window began or this one before it was read anew. @returns ends it */
  attend(): () => void {
    const look = (): void => void this.look();
    const takeBack = this.quiet.afterTheScreen(look);
    const end = this.live.watch('me', (event) => this.hear(event), look);
    return () => {
      takeBack();
      end();
      this.known.set([]);
    };
  }

  /**
   * Waits until a job is over, however it ends but by failing.
   * @param onProgress called with every state that is seen, the first and the last too
   * @throws Problem it failed with
   */
  async follow(job: JobResponse, onProgress: (job: JobResponse) => void): Promise<JobResponse> {
    let wake: () => void = () => undefined;
    const woken = (): void => wake();
    const end = this.live.watch(`jobs:${job.id}`, woken, woken);
    try {
      for (let seen = job; ; seen = await this.one(job.id)) {
        if (seen.endedAt === null) this.note(seen);
        onProgress(seen);
        if (seen.problem) throw new Problem({ ...seen.problem }, seen.problem.status);
        if (seen.endedAt !== null) return seen;
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, LOOK_MS);
          wake = () => (clearTimeout(timer), resolve());
        });
      }
    } finally {
      end();
      this.forget(job.id);
    }
  }

  /** What came of a job that is over. */
  result<T>(id: string): Promise<T> {
    return firstValueFrom(this.http.get<T>(apiUrl(`/jobs/${id}/result`)));
  }

  /** What is done stays done, the rest is not begun. */
  async stop(id: string): Promise<void> {
    await firstValueFrom(this.http.delete(apiUrl(`/jobs/${id}`)));
  }

  private hear({ type, data }: LiveEvent): void {
    if (!type.startsWith('job.')) return;
    const { jobId: id, kind, done, total } = data as Told;
    if (type === 'job.ended') this.forget(id);
    else this.note({ id, kind, progress: { done, total } });
  }

  /** Takes over what is under way; without an answer what is known stays. */
  private async look(): Promise<void> {
    const params = new HttpParams({ fromObject: { state: 'queued,running', limit: 200 } });
    const page = await firstValueFrom(this.http.get<JobPage>(apiUrl('/jobs'), { params })).catch(() => null);
    if (page !== null) this.known.set(inOrder(page.data.filter((it) => !this.over.has(it.id))));
  }

  private note({ id, kind, progress }: RunningJob): void {
    if (!this.over.has(id)) this.known.update((all) => inOrder([...all.filter((it) => it.id !== id), { id, kind, progress }]));
  }

  private forget(id: string): void {
    this.over.add(id);
    this.known.update((all) => all.filter((it) => it.id !== id));
  }

  private one(id: string): Promise<JobResponse> {
    return firstValueFrom(this.http.get<JobResponse>(apiUrl(`/jobs/${id}`)));
  }
}

/** Ids sort as they were made. */
const inOrder = (jobs: readonly RunningJob[]): RunningJob[] => [...jobs].sort((one, other) => (one.id < other.id ? -1 : 1));
