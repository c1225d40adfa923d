import { LiveAnnouncer } from '@angular/cdk/a11y';
import { DestroyRef, Injectable, computed, inject, signal } from '@angular/core';
import { BookingWords, ResourcesApi, wantsAnswers, type AnswerMap } from '@berth/web/booking';
import { LiveUpdates, ProblemMessages, WaitlistApi, toProblem, type Problem, type WaitlistEntry } from '@berth/web/data';
import { Dialogs, Toasts } from '@berth/web/ui';
import { firstValueFrom } from 'rxjs';
import type { AnswerDialogData } from './answer-dialog';

/** What one waits for, kept up to date; and the answers to offers. */
@Injectable()
export class Waiting {
  private readonly api = inject(WaitlistApi);
  private readonly resources = inject(ResourcesApi);
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly messages = inject(ProblemMessages);
  private readonly words = inject(BookingWords);
  private readonly announcer = inject(LiveAnnouncer);
  private readonly entries = signal<readonly WaitlistEntry[] | null>(null);
  private readonly busyIds = signal<ReadonlySet<string>>(new Set());
  private turn = 0;

  readonly problem = signal<Problem | null>(null);
  readonly isLoading = computed(() => this.entries() === null && this.problem() === null);
  readonly offers = computed(() => (this.entries() ?? []).filter((it) => it.offer !== null));
  readonly waiting = computed(() =>
    (this.entries() ?? []).filter((it) => it.status === 'waiting').sort((a, b) => (a.start < b.start ? -1 : 1)),
  );
  readonly over = computed(() => (this.entries() ?? []).filter((it) => it.status !== 'waiting' && it.offer === null).slice(0, 20));
  readonly isEmpty = computed(() => this.entries()?.length === 0);

  constructor() {
    const end = inject(LiveUpdates).watch(
      'me',
      (event) => event.type.startsWith('waitlist.') && void this.hear(event.type),
      () => void this.load(),
    );
    inject(DestroyRef).onDestroy(end);
    void this.load();
  }

  async load(): Promise<void> {
    const turn = ++this.turn;
    try {
      const entries = await this.api.mine();
      if (turn !== this.turn) return;
      this.entries.set(entries);
      this.problem.set(null);
    } catch (error) {
      if (turn === this.turn) this.problem.set(toProblem(error));
    }
  }

  /** Resources as they are read: «Hall and Screen». */
  names(resources: readonly { readonly name: string }[]): string {
    return this.words.list(resources.map((it) => it.name));
  }

  isBusy(id: string): boolean {
    return this.busyIds().has(id);
  }

  accept(entry: WaitlistEntry): Promise<void> {
    return this.answer(entry, async () => {
      if (!(await this.isAccepted(entry))) return;
      this.toasts.done(this.words.text('waitlist.done.accepted', { name: this.names(entry.offer?.resources ?? []) }));
    });
  }

  decline(entry: WaitlistEntry): Promise<void> {
    return this.answer(entry, async () => {
      await this.api.decline(entry.id);
      this.toasts.done(this.words.text('waitlist.done.declined'));
    });
  }

  leave(entry: WaitlistEntry): Promise<void> {
    return this.answer(entry, async () => {
      await this.api.leave(entry.id);
      this.toasts.undoable(this.words.text('waitlist.done.left'), () => this.again(entry));
    });
  }

  /** Joins once more with the same wish, at the end of the queue. */
  again(entry: WaitlistEntry): Promise<void> {
    const { resources, start, end, timeZone, flexMinutes, autoAccept, quantity, title, customFields } = entry;
    if (resources.length === 0) return Promise.resolve();
    const resourceIds = resources.map((it) => it.id);
    return this.answer(entry, async () => {
      await this.api.join({ resourceIds, start, end, timeZone, flexMinutes, autoAccept, quantity, title, customFields });
      this.toasts.done(this.words.text('waitlist.done.joined'));
    });
  }

  /** Takes the offer; what is asked since somebody joined is answered first. @returns false where they think better of it */
  private async isAccepted({ id, offer, customFields = {} }: WaitlistEntry): Promise<boolean> {
    try {
      await this.api.accept(id);
      return true;
    } catch (error) {
      if (!wantsAnswers(toProblem(error)) || offer === null) throw error;
      const { AnswerDialog } = await import('./answer-dialog');
      const data: AnswerDialogData = {
        name: this.names(offer.resources),
        fields: await this.resources.askedOf(offer.resources.map((it) => it.id)),
        answers: customFields,
      };
      const answers = await firstValueFrom(this.dialogs.open<AnswerMap, AnswerDialogData>(AnswerDialog, { data }).closed);
      if (answers === undefined) return false;
      await this.api.accept(id, answers);
      return true;
    }
  }

  private async answer(entry: WaitlistEntry, act: () => Promise<void>): Promise<void> {
    if (this.isBusy(entry.id)) return;
    this.busyIds.update((all) => new Set([...all, entry.id]));
    try {
      await act();
    } catch (error) {
      const problem = toProblem(error);
      const isGone = problem.code === 'hold-expired' || problem.code === 'invalid-state';
      this.toasts.failed(isGone ? this.words.text('waitlist.tooLate') : this.messages.title(problem));
    }
    await this.load();
    this.busyIds.update((all) => new Set([...all].filter((it) => it !== entry.id)));
  }

  private async hear(type: string): Promise<void> {
    await this.load();
    const [offer] = this.offers();
    if (!type.endsWith('.offered') || !offer?.offer) return;
    void this.announcer.announce(this.words.text('waitlist.announce', { name: this.names(offer.offer.resources) }), 'assertive');
  }
}
