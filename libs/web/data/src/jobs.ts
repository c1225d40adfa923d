import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
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

  private one(id: string): Promise<JobResponse> {
    return firstValueFrom(this.http.get<JobResponse>(apiUrl(`/jobs/${id}`)));
  }
}
