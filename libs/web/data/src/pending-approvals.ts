import { HttpClient } from '@angular/common/http';
import { Injectable, inject, signal } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import { apiUrl } from './api-url';
import { LiveUpdates } from './live-updates';
import { Quiet } from './quiet';
import { Session } from './session';

/** How many requests wait for the person who is signed in; the navigation shows it. */
@Injectable({ providedIn: 'root' })
export class PendingApprovals {
  private readonly http = inject(HttpClient);
  private readonly session = inject(Session);
  private readonly live = inject(LiveUpdates);
  private readonly quiet = inject(Quiet);
  private readonly count = signal(0);

  readonly total = this.count.asReadonly();

  /** Counts, and counts again whenever something begins or ceases to wait. @returns ends it */
  follow(): () => void {
    if (!this.session.may('approval:decide')) return () => undefined;
    const refresh = (): void => void this.refresh();
    const takeBack = this.quiet.afterTheScreen(refresh);
    const end = this.live.watch('approvals', refresh, refresh);
    return () => {
      takeBack();
      end();
    };
  }

  async refresh(): Promise<void> {
    try {
      const params = { limit: 1 };
      const page = await firstValueFrom(this.http.get<{ total: number }>(apiUrl('/approvals/pending'), { params }));
      this.count.set(page.total);
    } catch {
      // A number beside a name is not worth a message; the inbox itself says what is wrong.
    }
  }
}
