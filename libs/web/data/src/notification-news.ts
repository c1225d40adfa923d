import { DestroyRef, Injectable, inject, signal } from '@angular/core';
import { LiveUpdates, type LiveEvent } from './live-updates';
import type { Notification, NotificationCounts } from './notification';
import { NotificationsApi } from './notifications-api';
import { Quiet } from './quiet';

type Tell = (newest: Notification, counts: NotificationCounts) => void;

/** Several events of one change are one piece of news. */
const GATHER_MS = 400;

/** How much a person was told that they have not looked at or done, on every screen. */
@Injectable({ providedIn: 'root' })
export class NotificationNews {
  private readonly api = inject(NotificationsApi);
  private readonly live = inject(LiveUpdates);
  private readonly quiet = inject(Quiet);
  private readonly known = signal<NotificationCounts>({ unread: 0, needsAction: 0 });
  private timer: ReturnType<typeof setTimeout> | null = null;
  private fresh = 0;
  private tell: Tell | null = null;

  readonly counts = this.known.asReadonly();

  constructor() {
    inject(DestroyRef).onDestroy(() => this.stop());
  }

  /** Counts, and counts again whenever there is news. @param tell called with what is new. @returns ends it */
  follow(tell: Tell): () => void {
    this.tell = tell;
    const refresh = (): void => void this.refresh();
    const takeBack = this.quiet.afterTheScreen(refresh);
    const end = this.live.watch('me', (event) => this.hear(event), refresh);
    return () => {
      takeBack();
      end();
      this.stop();
    };
  }

  /** Takes over what a list has said on the way. */
  put(counts: NotificationCounts): void {
    this.known.set({ unread: counts.unread, needsAction: counts.needsAction });
  }

  private hear({ type }: LiveEvent): void {
    if (!type.startsWith('notification.')) return;
    if (type === 'notification.created') this.fresh++;
    this.timer ??= setTimeout(() => {
      this.timer = null;
      void this.refresh();
    }, GATHER_MS);
  }

  private async refresh(): Promise<void> {
    const fresh = this.fresh;
    this.fresh = 0;
    try {
      const page = await this.api.list('all', 1);
      this.put(page);
      const [newest] = page.data;
      if (fresh > 0 && newest?.readAt === null) this.tell?.(newest, page);
    } catch {
      // A number beside a bell is not worth a message; the centre itself says what is wrong.
    }
  }

  private stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = this.tell = null;
    this.fresh = 0;
  }
}
