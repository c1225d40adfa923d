import { HttpClient } from '@angular/common/http';
import { Injectable, inject, signal } from '@angular/core';
import type { JobResponse } from '@berth/api-client';
import { firstValueFrom } from 'rxjs';
import { apiUrl } from './api-url';
import { LiveUpdates } from './live-updates';
import { Problem } from './problem';

/** How often a job is looked at where the stream says nothing. */
const LOOK_MS = 2_000;

/** One's own work that goes on after its request was answered. Every promise rejects with a Problem. */
@Injectable({ providedIn: 'root' })
export class Jobs {
  private readonly http = inject(HttpClient);
  private readonly live = inject(LiveUpdates);
  private readonly followed = signal<readonly JobResponse[]>([]);

  /** What is under way, as it was last seen; the one begun first stands first. */
  readonly running = this.followed.asReadonly();

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
        this.note(seen);
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
      this.followed.update((all) => all.filter((it) => it.id !== job.id));
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

  private note(job: JobResponse): void {
    this.followed.update((all) => (all.some((it) => it.id === job.id) ? all.map((it) => (it.id === job.id ? job : it)) : [...all, job]));
  }

  private one(id: string): Promise<JobResponse> {
    return firstValueFrom(this.http.get<JobResponse>(apiUrl(`/jobs/${id}`)));
  }
}
