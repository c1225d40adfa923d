import { Component, DestroyRef, ElementRef, computed, effect, inject, input, linkedSignal, untracked } from '@angular/core';
import { Router } from '@angular/router';
import { BookingWords } from '@berth/web/booking';
import { Dialogs, EmptyState, ErrorPanel, Icon, Keys, Skeleton } from '@berth/web/ui';
import { firstValueFrom } from 'rxjs';
import type { Approval } from './approvals-api';
import { AskDialog } from './ask-dialog';
import { AskWhy } from './ask-why';
import { BulkDialog } from './bulk-dialog';
import { DelegateDialog, type Delegation } from './delegate-dialog';
import { Inbox } from './inbox';
import { RequestDetail } from './request-detail';
import { RequestTimes } from './request-times';

/** What waits for one's word: the queue, the most urgent first, and one request beside it. Everything has a key. */
@Component({
  selector: 'berth-approvals-inbox',
  imports: [EmptyState, ErrorPanel, Icon, RequestDetail, Skeleton],
  providers: [Inbox],
  templateUrl: './approvals-inbox.html',
  styleUrl: './approvals-inbox.css',
})
export class ApprovalsInbox {
  private readonly dialogs = inject(Dialogs);
  private readonly router = inject(Router);
  private readonly why = inject(AskWhy);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  protected readonly inbox = inject(Inbox);
  protected readonly words = inject(BookingWords);
  protected readonly times = inject(RequestTimes);

  /** From the address. */
  readonly request = input<string>();

  private readonly chosen = linkedSignal<string | null>(() => this.request() ?? null);
  /** Where the open one stood, so that after a decision the next one opens. */
  private place = 0;
  protected readonly open = computed<Approval | null>(() => {
    const waiting = this.inbox.waiting();
    return waiting.find((it) => it.id === this.chosen()) ?? null;
  });
  protected readonly ticked = computed(() => this.inbox.waiting().filter((it) => this.inbox.ticked().has(it.id)));

  constructor() {
    effect(() => {
      const [waiting, isLoading] = [this.inbox.waiting(), this.inbox.isLoading()];
      untracked(() => {
        const at = waiting.findIndex((it) => it.id === this.chosen());
        if (at >= 0) this.place = at;
        // The address may name one that is not read yet.
        else if (!isLoading) this.chosen.set(waiting[Math.min(this.place, waiting.length - 1)]?.id ?? null);
      });
    });
    inject(DestroyRef).onDestroy(inject(Keys).offer(...this.shortcuts()));
  }

  protected select(approval: Approval): void {
    this.chosen.set(approval.id);
    void this.router.navigate([], { queryParams: { request: approval.id }, replaceUrl: true });
  }

  protected left(approval: Approval) {
    return this.times.left(approval.dueAt);
  }

  /** The ticked ones after a look at the list, else the one that is open. */
  protected async approve(): Promise<void> {
    const many = this.ticked();
    const only = this.open();
    if (many.length === 0) return only === null ? undefined : this.inbox.decide([only], { decision: 'approve' });
    const ref = this.dialogs.open<'approve', readonly Approval[]>(BulkDialog, { data: many, size: 'narrow' });
    if ((await firstValueFrom(ref.closed)) === 'approve') this.inbox.decide(many, { decision: 'approve' });
  }

  protected async reject(suggests: boolean): Promise<void> {
    const only = this.open();
    const approvals = this.ticked().length > 0 && !suggests ? this.ticked() : only === null ? [] : [only];
    if (approvals.length === 0) return;
    const answer = await this.why.rejection(approvals, suggests);
    if (answer) this.inbox.decide(approvals, answer);
  }

  protected async ask(): Promise<void> {
    const approval = this.open();
    if (approval === null) return;
    const ref = this.dialogs.open<string, Approval>(AskDialog, { data: approval, focus: 'textarea', size: 'narrow' });
    const question = await firstValueFrom(ref.closed);
    if (question) await this.inbox.ask(approval, question);
  }

  protected async delegate(): Promise<void> {
    const approval = this.open();
    if (approval === null) return;
    const delegation = await firstValueFrom(this.dialogs.open<Delegation>(DelegateDialog, { size: 'narrow' }).closed);
    if (delegation) await this.inbox.delegate(approval, delegation.to, delegation.message);
  }

  private shortcuts() {
    const page = { group: 'page' as const };
    return [
      { ...page, combo: 'j', label: 'approvals.keys.next', run: () => this.go(1) },
      { ...page, combo: 'k', label: 'approvals.keys.previous', run: () => this.go(-1) },
      { ...page, combo: 'a', label: 'approvals.approve', run: () => void this.approve() },
      { ...page, combo: 'r', label: 'approvals.reject', run: () => void this.reject(false) },
      { ...page, combo: 's', label: 'approvals.suggest', run: () => void this.reject(true) },
      { ...page, combo: 'q', label: 'approvals.ask', run: () => void this.ask() },
      { ...page, combo: 'd', label: 'approvals.delegate', run: () => void this.delegate() },
      { ...page, combo: 'x', label: 'approvals.keys.tick', run: () => this.tickOpen() },
    ];
  }

  private tickOpen(): void {
    const approval = this.open();
    if (approval !== null) this.inbox.tick(approval.id);
  }

  private go(by: 1 | -1): void {
    const waiting = this.inbox.waiting();
    const at = waiting.findIndex((it) => it.id === this.chosen());
    const next = waiting[Math.min(waiting.length - 1, Math.max(0, at + by))];
    if (!next) return;
    this.select(next);
    this.host.nativeElement.querySelector<HTMLElement>(`[data-approval="${next.id}"]`)?.focus();
  }
}
