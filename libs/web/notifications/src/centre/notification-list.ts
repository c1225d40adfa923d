import { Component, DestroyRef, ElementRef, afterRenderEffect, inject, output, signal, viewChildren } from '@angular/core';
import { Inbox } from '@berth/web/approvals';
import { Agenda, BookingActs } from '@berth/web/reservations';
import { EmptyState, ErrorPanel, Keys, Skeleton } from '@berth/web/ui';
import { Waiting } from '@berth/web/waitlist';
import { NotificationWords } from '../words/notification-words';
import { shownOf, type NotificationGroup } from './groups';
import { NotificationFeed } from './notification-feed';
import { NotificationRow } from './notification-row';

/** Something counts as looked at when so much of it was in view for so long. */
const IN_VIEW = 0.6;
const LOOKED_AT_MS = 1_000;

/**
 * What somebody was told, by what it is about. What is looked at is read; `Shift U` keeps it unread, `J` and `K` or the arrows go through
 * it. The verbs are those of other screens and are loaded with the first row that has one.
 */
@Component({
  selector: 'berth-notification-list',
  imports: [EmptyState, ErrorPanel, NotificationRow, Skeleton],
  providers: [Inbox, Waiting, BookingActs, { provide: Agenda, useFactory: anAgenda }],
  host: {
    '(pointerenter)': 'feed.setInUse(true)',
    '(pointerleave)': 'feed.setInUse(holdsFocus())',
    '(focusin)': 'feed.setInUse(true)',
    '(focusout)': 'feed.setInUse(false)',
    '(keydown)': 'press($event)',
  },
  templateUrl: './notification-list.html',
  styleUrl: './notification-list.css',
})
export class NotificationList {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly keys = inject(Keys);
  private readonly rows = viewChildren(NotificationRow);
  private readonly rowElements = viewChildren(NotificationRow, { read: ElementRef<HTMLElement> });
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  protected readonly feed = inject(NotificationFeed);
  protected readonly words = inject(NotificationWords);

  /** Somebody goes to what one is about. */
  readonly opened = output();

  private readonly openKeys = signal<ReadonlySet<string>>(new Set());

  constructor() {
    const observer = this.observer();
    if (observer === null) return;
    afterRenderEffect(() => {
      observer.disconnect();
      for (const { nativeElement } of this.rowElements()) observer.observe(nativeElement);
    });
    inject(DestroyRef).onDestroy(() => {
      observer.disconnect();
      for (const timer of this.timers.values()) clearTimeout(timer);
    });
  }

  protected isOpen({ key }: NotificationGroup): boolean {
    return this.openKeys().has(key);
  }

  protected shown(group: NotificationGroup) {
    return shownOf(group, this.isOpen(group));
  }

  protected hidden(group: NotificationGroup): number {
    return group.all.length - shownOf(group, false).length;
  }

  protected toggle({ key }: NotificationGroup): void {
    this.openKeys.update((all) => (all.has(key) ? new Set([...all].filter((it) => it !== key)) : new Set([...all, key])));
  }

  protected holdsFocus(): boolean {
    return this.host.nativeElement.contains(document.activeElement);
  }

  /** Keys of the row that has the focus; single ones only where somebody has them on. */
  protected press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const at = this.rows().findIndex((_, i) => this.rowElements()[i]?.nativeElement.contains(event.target as Node));
    const row = this.rows()[at];
    if (!row) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const isLetter = event.key.length === 1;
    if (isLetter && !this.keys.enabled()) return;
    if (key === 'u' && event.shiftKey) void this.feed.toggleRead(row.it());
    else if ((key === 'j' || key === 'ArrowDown') && !event.shiftKey) this.rows()[at + 1]?.focus();
    else if ((key === 'k' || key === 'ArrowUp') && !event.shiftKey) this.rows()[at - 1]?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private observer(): IntersectionObserver | null {
    if (typeof IntersectionObserver === 'undefined') return null;
    return new IntersectionObserver((entries) => entries.forEach((it) => this.look(it)), { threshold: IN_VIEW });
  }

  private look({ target, isIntersecting }: IntersectionObserverEntry): void {
    const id = target.getAttribute('data-notification') ?? '';
    const timer = this.timers.get(id);
    if (timer !== undefined && !isIntersecting) {
      clearTimeout(timer);
      this.timers.delete(id);
    }
    if (timer !== undefined || !isIntersecting) return;
    this.timers.set(
      id,
      setTimeout(() => {
        this.timers.delete(id);
        const row = this.rows().find(({ it }) => it().id === id);
        if (row && document.visibilityState === 'visible') void this.feed.seen(row.it());
      }, LOOKED_AT_MS),
    );
  }
}

/** One's own that run or come: a check-in or an end that is near is among the first. */
function anAgenda(): Agenda {
  const agenda = new Agenda();
  void agenda.reload();
  return agenda;
}
