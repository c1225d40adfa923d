import { DOCUMENT, DestroyRef, Injectable, computed, effect, inject, signal, untracked } from '@angular/core';
import { BookingWords } from '@berth/web/booking';
import { LiveUpdates, PendingApprovals, ProblemMessages, toProblem, type Problem } from '@berth/web/data';
import { Toasts } from '@berth/web/ui';
import { ApprovalsApi, type Answer, type Approval } from './approvals-api';

const UNDO_SECONDS = 8;

/** A decision that is made but not sent yet. */
interface Decision {
  readonly approval: Approval;
  readonly answer: Answer;
  /** The message that can take it back; sent when that is gone. */
  readonly toast: number;
}

/**
 * What waits for the person, kept up to date. A decision leaves the list at once and is sent, and told to others, when the message that
 * can take it back goes: after eight seconds, and later while somebody is about to press Undo.
 */
@Injectable()
export class Inbox {
  private readonly api = inject(ApprovalsApi);
  private readonly toasts = inject(Toasts);
  private readonly words = inject(BookingWords);
  private readonly messages = inject(ProblemMessages);
  private readonly pending = inject(PendingApprovals);
  private readonly list = signal<readonly Approval[]>([]);
  private readonly decided = signal<ReadonlyMap<string, Decision>>(new Map());
  private readonly sending = new Set<string>();
  private turn = 0;

  readonly isLoading = signal(true);
  readonly problem = signal<Problem | null>(null);
  readonly waiting = computed(() => this.list().filter((it) => !this.decided().has(it.id)));
  readonly ticked = signal<ReadonlySet<string>>(new Set());

  constructor() {
    const reload = (): void => void this.load();
    const end = inject(LiveUpdates).watch('approvals', reload, reload);
    const window = inject(DOCUMENT).defaultView;
    const sendAll = (): void => this.sendLeaving();
    window?.addEventListener('pagehide', sendAll);
    effect(() => {
      const shown = new Set(this.toasts.shown().map((it) => it.id));
      untracked(() => {
        for (const [id, { toast }] of this.decided()) if (!shown.has(toast)) void this.send(id);
      });
    });
    inject(DestroyRef).onDestroy(() => {
      end();
      window?.removeEventListener('pagehide', sendAll);
      this.sendAll();
    });
    void this.load();
  }

  async load(): Promise<void> {
    const turn = ++this.turn;
    try {
      const { data } = await this.api.pending();
      if (turn !== this.turn) return;
      this.list.set(data.filter((it) => it.mayRespond));
      this.problem.set(null);
    } catch (error) {
      if (turn === this.turn) this.problem.set(toProblem(error));
    } finally {
      if (turn === this.turn) this.isLoading.set(false);
    }
  }

  tick(id: string): void {
    this.ticked.update((all) => (all.has(id) ? new Set([...all].filter((it) => it !== id)) : new Set([...all, id])));
  }

  /** Decides about some at once. */
  decide(approvals: readonly Approval[], answer: Answer): void {
    const [first] = approvals;
    const one = { name: first ? nameOf(first) : '', count: approvals.length };
    const key = `approvals.done.${answer.decision}${approvals.length === 1 ? '' : 'Many'}`;
    const toast = this.toasts.undoable(this.words.text(key, one), () => this.takeBack(approvals), { seconds: UNDO_SECONDS });
    this.decided.update((all) => new Map([...all, ...approvals.map((it) => [it.id, { approval: it, answer, toast }] as const)]));
    this.ticked.set(new Set());
  }

  /** Asks who waits; the request goes on waiting. */
  async ask(approval: Approval, question: string): Promise<void> {
    try {
      await this.api.ask(approval, question);
      this.toasts.done(this.words.text('approvals.done.asked', { name: approval.reservation.organizer.displayName }));
    } catch (error) {
      this.toasts.failed(this.messages.title(toProblem(error)));
    }
    await this.load();
  }

  async delegate(approval: Approval, to: { readonly id: string; readonly displayName: string }, message: string | null): Promise<void> {
    try {
      await this.api.delegate(approval, to.id, message);
      this.toasts.done(this.words.text('approvals.done.delegated', { name: to.displayName }));
    } catch (error) {
      this.toasts.failed(this.messages.title(toProblem(error)));
    }
    await this.refreshed();
  }

  private takeBack(approvals: readonly Approval[]): void {
    const ids = approvals.map((it) => it.id);
    this.decided.update((all) => new Map([...all].filter(([id]) => !ids.includes(id))));
  }

  private async send(id: string): Promise<void> {
    const decision = this.decided().get(id);
    if (!decision || this.sending.has(id)) return;
    this.sending.add(id);
    // From here on it cannot be taken back.
    this.toasts.dismiss(decision.toast);
    try {
      await this.api.respond(decision.approval, decision.answer);
      this.list.update((all) => all.filter((it) => it.id !== id));
    } catch (error) {
      const problem = toProblem(error);
      const name = nameOf(decision.approval);
      this.toasts.failed(
        problem.code === 'invalid-state' || problem.code === 'precondition-failed'
          ? this.words.text('approvals.changed', { name })
          : this.messages.title(problem),
      );
    }
    this.takeBack([decision.approval]);
    this.sending.delete(id);
    await this.refreshed();
  }

  private sendAll(): void {
    for (const id of this.decided().keys()) void this.send(id);
  }

  /** The tab closes: what is decided goes out with it. */
  private sendLeaving(): void {
    for (const { approval, answer } of this.decided().values()) this.api.respondLeaving(approval, answer);
    this.decided.set(new Map());
  }

  private async refreshed(): Promise<void> {
    await Promise.all([this.load(), this.pending.refresh()]);
  }
}

/** `Turing, Ana Kaya`. */
export const nameOf = ({ reservation }: Approval): string =>
  `${reservation.resources.map((it) => it.name).join(', ')}, ${reservation.organizer.displayName}`;
