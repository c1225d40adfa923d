import { DestroyRef, Injectable, computed, inject, signal } from '@angular/core';
import {
  LiveUpdates,
  NotificationNews,
  NotificationsApi,
  ProblemMessages,
  ServerClock,
  toProblem,
  type LiveEvent,
  type Notification,
  type NotificationTab,
  type Problem,
} from '@berth/web/data';
import { Toasts } from '@berth/web/ui';
import { NotificationWords } from '../words/notification-words';
import { groupsOf } from './groups';

const PAGE = 25;
const PAGE_AT_MOST = 100;
/** Marks of one's own come back as events; several are one reason to look again. */
const GATHER_MS = 500;

/** One tab of what the person was told, page after page, kept up to date; and what they do about it. */
@Injectable()
export class NotificationFeed {
  private readonly api = inject(NotificationsApi);
  private readonly news = inject(NotificationNews);
  private readonly toasts = inject(Toasts);
  private readonly messages = inject(ProblemMessages);
  private readonly words = inject(NotificationWords);
  private readonly clock = inject(ServerClock);
  private readonly list = signal<readonly Notification[] | null>(null);
  private cursor: string | null = null;
  private turn = 0;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private isInUse = false;
  /** What the person wants to find unread again; looking at it does not count any more. */
  private readonly kept = new Set<string>();

  readonly tab = signal<NotificationTab>('action');
  readonly problem = signal<Problem | null>(null);
  readonly isLoadingMore = signal(false);
  readonly hasMore = signal(false);
  /** New ones that are not shown yet, because somebody is in the list. */
  readonly unseen = signal(0);
  readonly groups = computed(() => groupsOf(this.list() ?? []));
  readonly isLoading = computed(() => this.list() === null && this.problem() === null);
  readonly isEmpty = computed(() => this.list()?.length === 0);
  readonly hasUnread = computed(() => this.news.counts().unread > 0 || (this.list() ?? []).some((it) => it.readAt === null));

  constructor() {
    const end = inject(LiveUpdates).watch(
      'me',
      (event) => this.hear(event),
      () => void this.look(),
    );
    inject(DestroyRef).onDestroy(() => {
      end();
      if (this.timer !== null) clearTimeout(this.timer);
    });
    void this.load();
  }

  /** Shows the other tab; the old list goes at once, it is not the same thing. */
  show(tab: NotificationTab): void {
    if (tab === this.tab()) return;
    this.tab.set(tab);
    this.list.set(null);
    this.hasMore.set(false);
    void this.load();
  }

  /** Fetches as much as is shown; what is shown stays until the answer is there. */
  async load(): Promise<void> {
    const fetched = await this.fetch(this.shownCount(), null);
    if (fetched === null) return;
    this.list.set(fetched);
    this.unseen.set(0);
  }

  async more(): Promise<void> {
    if (!this.hasMore() || this.isLoadingMore()) return;
    this.isLoadingMore.set(true);
    const fetched = await this.fetch(PAGE, this.cursor);
    this.isLoadingMore.set(false);
    if (fetched !== null) this.list.update((all) => [...(all ?? []), ...fetched.filter((it) => !all?.some(({ id }) => id === it.id))]);
  }

  /** Whether the pointer or focus is in the list; then nothing moves under it. */
  setInUse(isInUse: boolean): void {
    this.isInUse = isInUse;
  }

  /** Somebody has had it before their eyes. */
  async seen(notification: Notification): Promise<void> {
    if (notification.readAt !== null || this.kept.has(notification.id)) return;
    await this.mark(notification, new Date(this.clock.now()).toISOString());
  }

  /** Keeps it unread though it is looked at, or takes it as read. */
  async toggleRead(notification: Notification): Promise<void> {
    if (notification.readAt === null) {
      this.kept.delete(notification.id);
      return this.seen(notification);
    }
    this.kept.add(notification.id);
    await this.mark(notification, null);
  }

  /** Puts it off. */
  async snooze(notification: Notification, until: number): Promise<void> {
    try {
      await this.api.snooze(notification.id, new Date(until).toISOString());
      this.list.update((all) => all?.filter((it) => it.id !== notification.id) ?? null);
      this.toasts.done(this.words.text('snoozed', { when: this.words.later(until) }));
    } catch (error) {
      this.toasts.failed(this.messages.title(toProblem(error)));
    }
  }

  /** Everything told until now is read; what comes meanwhile is not. */
  async readAll(): Promise<void> {
    const now = new Date(this.clock.now()).toISOString();
    this.kept.clear();
    this.list.update((all) => all?.map((it) => ({ ...it, readAt: it.readAt ?? now })) ?? null);
    try {
      await this.api.markAllRead(now);
    } catch (error) {
      this.toasts.failed(this.messages.title(toProblem(error)));
    }
    await this.load();
  }

  /** Marks cannot collide, so they are seen at once. */
  private async mark(notification: Notification, readAt: string | null): Promise<void> {
    this.put({ ...notification, readAt });
    const { unread, needsAction } = this.news.counts();
    this.news.put({ needsAction, unread: Math.max(0, unread + (readAt === null ? 1 : -1)) });
    try {
      await (readAt === null ? this.api.markUnread(notification.id) : this.api.markRead(notification.id));
    } catch (error) {
      if (toProblem(error).code !== 'not-found') this.put(notification);
    }
  }

  private put(notification: Notification): void {
    this.list.update((all) => all?.map((it) => (it.id === notification.id ? notification : it)) ?? null);
  }

  private hear({ type }: LiveEvent): void {
    if (!type.startsWith('notification.')) return;
    this.timer ??= setTimeout(() => {
      this.timer = null;
      void this.look();
    }, GATHER_MS);
  }

  /** While somebody is in the list what stands there changes in its place, and what is new waits to be asked for. */
  private async look(): Promise<void> {
    const shown = this.list();
    if (!this.isInUse || shown === null) return this.load();
    const fetched = await this.fetch(this.shownCount(), null);
    if (fetched === null) return;
    const byId = new Map(fetched.map((it) => [it.id, it]));
    const oldest = this.hasMore() ? (fetched.at(-1)?.at ?? '') : '';
    // What is not there any more is done, or put off, elsewhere.
    const gone = (it: Notification): Notification => (it.at > oldest ? { ...it, needsAction: false, verbs: [] } : it);
    this.list.update((all) => all?.map((it) => byId.get(it.id) ?? gone(it)) ?? null);
    this.unseen.set(fetched.filter((it) => !shown.some(({ id }) => id === it.id)).length);
  }

  private shownCount(): number {
    return Math.min(PAGE_AT_MOST, Math.max(PAGE, this.list()?.length ?? 0));
  }

  private async fetch(limit: number, cursor: string | null): Promise<readonly Notification[] | null> {
    const turn = ++this.turn;
    try {
      const answer = await this.api.list(this.tab(), limit, cursor);
      if (turn !== this.turn) return null;
      this.cursor = answer.page.nextCursor;
      this.hasMore.set(answer.page.hasMore);
      this.news.put(answer);
      this.problem.set(null);
      return answer.data.map((it) => (this.kept.has(it.id) ? { ...it, readAt: null } : it));
    } catch (error) {
      if (turn === this.turn) this.problem.set(toProblem(error));
      return null;
    }
  }
}
