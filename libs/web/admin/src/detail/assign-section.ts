import { Component, computed, effect, inject, linkedSignal, resource, signal, untracked } from '@angular/core';
import { addDays, startOfDay } from '@berth/kernel';
import { PersonField } from '@berth/web/booking';
import { ProblemMessages, toProblem, type KnownPerson } from '@berth/web/data';
import { Field, FieldControl, Formats, Icon, Toasts } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import { type AffectedBooking, type ClosingChoice, closingChoices } from '../data/resource';
import { ResourcesApi } from '../data/resources-api';
import { ResourceEditor } from './resource-editor';

/** Whose a resource is: assigned to somebody, or everybody's again. Bookings of others are shown before anything happens. */
@Component({
  selector: 'berth-assign-section',
  imports: [Field, FieldControl, Icon, PersonField, TranslatePipe],
  templateUrl: './assign-section.html',
  styleUrl: './assign-section.css',
})
export class AssignSection {
  private readonly api = inject(ResourcesApi);
  private readonly editor = inject(ResourceEditor);
  private readonly formats = inject(Formats);
  private readonly messages = inject(ProblemMessages);
  private readonly toasts = inject(Toasts);
  protected readonly words = inject(AdminWords);

  protected readonly resource = computed(() => this.editor.resource()!);
  private readonly id = computed(() => this.resource().id);
  private readonly found = resource({ params: () => this.id(), loader: ({ params }) => this.api.assignment(params) });
  protected readonly assignment = computed(() => (this.found.hasValue() ? this.found.value().assignment : null));
  protected readonly person = linkedSignal<string, KnownPerson | null>({ source: this.id, computation: () => null });
  /** The last day, `YYYY-MM-DD`; empty while nobody knows. */
  protected readonly lastDay = linkedSignal<string, string>({ source: this.id, computation: () => '' });
  protected readonly affected = linkedSignal<string, readonly AffectedBooking[] | null>({ source: this.id, computation: () => null });
  protected readonly choice = signal<ClosingChoice>('keep');
  protected readonly choices = closingChoices;
  protected readonly isBusy = signal(false);
  protected readonly failure = signal<string | null>(null);
  protected readonly line = computed(() => {
    const it = this.assignment();
    if (it === null) return this.words.text('admin.assign.nobody');
    const name = it.person?.displayName ?? this.words.text('admin.somebody');
    const zone = this.resource().timeZone;
    const day = it.until && this.formats.date(Date.parse(it.until) - 1, zone, 'medium');
    return day ? this.words.text('admin.assign.until', { name, day }) : this.words.text('admin.assign.to', { name });
  });

  constructor() {
    effect(() => {
      const { version } = this.resource();
      untracked(() => this.found.hasValue() && this.found.value().resourceVersion < version && this.found.reload());
    });
  }

  /** Looks at what others have booked first; where that is nothing, it is done at once. */
  protected look(): Promise<void> {
    return this.tried(async () => {
      const affected = await this.api.tryAssign(this.id(), this.version(), this.wanted());
      if (affected.length === 0) await this.done();
      else this.affected.set(affected);
    });
  }

  protected choose(choice: ClosingChoice): Promise<void> {
    this.choice.set(choice);
    return this.tried(async () => this.affected.set(await this.api.tryAssign(this.id(), this.version(), this.wanted())));
  }

  protected assign(): Promise<void> {
    return this.tried(() => this.done());
  }

  protected end(): Promise<void> {
    return this.tried(async () => {
      await this.api.unassign(this.id(), this.version());
      this.toasts.done(this.words.text('admin.assign.ended', { name: this.resource().name }));
      await this.renew();
    });
  }

  protected outcomeOf({ outcome, movedTo }: AffectedBooking): string {
    return this.words.text(`admin.state.outcome.${outcome}`, { name: movedTo?.name });
  }

  /** That whose it is was read at. */
  private version(): number {
    return this.found.hasValue() ? this.found.value().resourceVersion : this.resource().version;
  }

  private wanted() {
    const until = this.lastDay() && startOfDay(addDays(this.lastDay(), 1), this.resource().timeZone).toISOString();
    return { personId: this.person()?.id ?? '', reservations: this.choice(), ...(until && { until }) };
  }

  private async done(): Promise<void> {
    await this.api.assign(this.id(), this.version(), this.wanted());
    this.toasts.done(this.words.text('admin.assign.done', { name: this.resource().name, person: this.person()?.displayName }));
    this.person.set(null);
    this.affected.set(null);
    await this.renew();
  }

  private async renew(): Promise<void> {
    const id = this.id();
    this.found.reload();
    const renewed = await this.api.one(id);
    if (this.editor.resource()?.id === id) this.editor.adopt(renewed);
  }

  private async tried(work: () => Promise<void>): Promise<void> {
    this.isBusy.set(true);
    this.failure.set(null);
    await work().catch((error: unknown) => {
      const problem = toProblem(error);
      this.failure.set(problem.detail ?? this.messages.title(problem));
      // Somebody was faster: what they saved is shown, to be decided anew.
      if (problem.code === 'precondition-failed') this.found.reload();
    });
    this.isBusy.set(false);
  }
}
