import { Component, computed, effect, inject, input, linkedSignal, output, resource, signal, untracked } from '@angular/core';
import { PersonField, QuotaWords } from '@berth/web/booking';
import { ProblemMessages, toProblem, type KnownPerson } from '@berth/web/data';
import { ErrorPanel, Field, FieldControl, Formats, Icon, Skeleton, UsageBar } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { QuotaSaid } from './quota-said';
import { type ExceptionPlace, type QuotaRule, QuotasApi } from './quotas-api';

const DAY_MS = 86_400_000;

/** One quota: who has used how much of it, and who has another limit for a while. */
@Component({
  selector: 'berth-quota-panel',
  imports: [ErrorPanel, Field, FieldControl, Icon, PersonField, Skeleton, TranslatePipe, UsageBar],
  templateUrl: './quota-panel.html',
  styleUrl: './quota-panel.css',
})
export class QuotaPanel {
  private readonly api = inject(QuotasApi);
  private readonly formats = inject(Formats);
  private readonly messages = inject(ProblemMessages);
  protected readonly quotas = inject(QuotaWords);
  protected readonly said = inject(QuotaSaid);

  readonly rule = input.required<QuotaRule>();
  readonly closed = output();
  readonly edited = output();
  readonly removed = output();
  /** Somebody has another limit than before. */
  readonly changed = output();

  private readonly id = computed(() => this.rule().id);
  protected readonly usage = resource({ params: () => this.id(), loader: ({ params }) => this.api.usage(params) });
  protected readonly failure = computed(() => (this.usage.error() ? toProblem(this.usage.error()) : null));

  protected readonly person = signal<KnownPerson | null>(null);
  protected readonly isUnlimited = signal(false);
  /** Hours of time, else a number; as it is for all to begin with. */
  protected readonly amount = linkedSignal(() => (this.rule().measure === 'time' ? this.rule().limit / 60 : this.rule().limit));
  /** Last day it counts: `2026-12-04`. */
  protected readonly until = signal(new Date(Date.now() + 30 * DAY_MS).toISOString().slice(0, 10));
  protected readonly busy = signal(false);
  protected readonly refusal = signal<string | null>(null);

  constructor() {
    effect(() => {
      const { version } = this.rule();
      untracked(() => this.usage.hasValue() && this.usage.value().ruleVersion < version && this.usage.reload());
    });
  }

  /** `6 h of 10 h`. @param limit null where an exception lifts it */
  protected used(used: number, limit: number | null): string {
    return this.quotas.used({ measure: this.rule().measure, window: null, used, limit });
  }

  protected day(instant: string): string {
    // It ends with that day.
    return this.formats.date(Date.parse(instant) - 1, this.formats.ownZone(), 'medium');
  }

  protected async except(event: Event): Promise<void> {
    event.preventDefault();
    const person = this.person();
    if (person === null || this.until() === '') return;
    const limit = this.isUnlimited() ? null : this.rule().measure === 'time' ? Math.round(this.amount() * 60) : this.amount();
    const end = new Date(`${this.until()}T00:00:00`);
    end.setDate(end.getDate() + 1);
    await this.act(person.id, (at) => this.api.except(at, { limit, until: end.toISOString() }));
    if (this.refusal() === null) this.person.set(null);
  }

  protected end(accountId: string): Promise<void> {
    return this.act(accountId, (at) => this.api.endException(at));
  }

  private async act(accountId: string, work: (at: ExceptionPlace) => Promise<void>): Promise<void> {
    if (this.busy() || !this.usage.hasValue()) return;
    this.busy.set(true);
    this.refusal.set(null);
    try {
      await work({ ruleId: this.id(), ruleVersion: this.usage.value().ruleVersion, accountId });
      this.renew();
    } catch (error) {
      const problem = toProblem(error);
      const [wrong] = problem.errors;
      this.refusal.set(wrong ? this.messages.field(wrong) : this.messages.title(problem));
      // Somebody was faster: what they saved is shown, to be decided anew.
      if (problem.code === 'precondition-failed') this.renew();
    } finally {
      this.busy.set(false);
    }
  }

  private renew(): void {
    this.usage.reload();
    this.changed.emit();
  }
}
