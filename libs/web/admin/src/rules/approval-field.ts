import { Component, ElementRef, computed, inject, input, output } from '@angular/core';
import type { ApprovalDocument, ApprovalMode, Approver } from '@berth/scheduling';
import { PersonField } from '@berth/web/booking';
import type { KnownPerson } from '@berth/web/data';
import { Icon, Select } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import { People } from '../data/people';
import { DurationField } from '../fields/duration-field';
import { RuleWords } from './rule-words';

const MODES = ['none', 'requiredFor', 'required'] as const satisfies readonly ApprovalMode[];
/** What asks for approval when somebody begins to say so. */
const FIRST_CAUSE = { longerThan: 'PT4H' };
const MOST_STEPS = 10;

type Causes = NonNullable<ApprovalDocument['requiredFor']>;

/** Which bookings need an approval, by when it is decided, and who is asked in which order. i18n: admin.approval.mode.* */
@Component({
  selector: 'berth-approval-field',
  imports: [DurationField, Icon, PersonField, Select, TranslatePipe],
  templateUrl: './approval-field.html',
  styleUrl: './approval-field.css',
})
export class ApprovalField {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly people = inject(People);
  private readonly ruleWords = inject(RuleWords);
  private readonly words = inject(AdminWords);

  readonly value = input.required<ApprovalDocument>();
  readonly changed = output<ApprovalDocument>();

  protected readonly modes = computed(() => MODES.map((value) => ({ value, label: this.words.text(`admin.approval.mode.${value}`) })));
  protected readonly causes = computed<Causes>(() => this.value().requiredFor ?? {});
  private readonly steps = computed<readonly (readonly Approver[])[]>(() => [this.value().approvers, ...(this.value().then ?? [])]);
  protected readonly shown = computed(() => this.steps().map((approvers) => ({ approvers, ids: approvers.map((it) => it.id) })));
  protected readonly canAddStep = computed(() => this.steps().length < MOST_STEPS);

  protected setMode(mode: ApprovalMode): void {
    const hasCause = this.causes().longerThan !== undefined || this.causes().outOfHours === true;
    this.change({ mode, ...(mode === 'requiredFor' && !hasCause && { requiredFor: FIRST_CAUSE }) });
  }

  protected setLonger(longerThan: string | undefined): void {
    this.setCauses({ ...(longerThan !== undefined && { longerThan }), ...(this.causes().outOfHours && { outOfHours: true }) });
  }

  protected setOutOfHours(outOfHours: boolean): void {
    const { longerThan } = this.causes();
    this.setCauses({ ...(longerThan !== undefined && { longerThan }), ...(outOfHours && { outOfHours }) });
  }

  protected change(change: Partial<ApprovalDocument>): void {
    this.changed.emit({ ...this.value(), ...change });
  }

  protected title(step: number): string {
    return this.words.text(step === 0 ? 'admin.approval.first' : 'admin.approval.next', { number: step + 1 });
  }

  protected nameOf(approver: Approver): string {
    return this.ruleWords.step([approver]);
  }

  protected add(step: number, person: KnownPerson | null): void {
    if (person === null) return;
    this.people.know(person);
    this.setStep(step, [...(this.steps()[step] ?? []), { kind: 'user', id: person.id }]);
    this.focus(step);
  }

  protected remove(step: number, approver: Approver): void {
    this.setStep(
      step,
      (this.steps()[step] ?? []).filter((it) => it !== approver),
    );
    this.focus(step);
  }

  protected addStep(): void {
    this.setSteps([...this.steps(), []]);
    this.focus(this.steps().length);
  }

  protected removeStep(step: number): void {
    this.setSteps(this.steps().filter((_, i) => i !== step));
  }

  /** The field for the next person of a step: what had the focus is gone. */
  private focus(step: number): void {
    setTimeout(() => this.host.nativeElement.querySelectorAll<HTMLElement>('berth-person-field input')[step]?.focus());
  }

  private setCauses({ ...requiredFor }: Causes): void {
    const { requiredFor: _, ...rest } = this.value();
    this.changed.emit(Object.keys(requiredFor).length > 0 ? { ...rest, requiredFor } : rest);
  }

  private setStep(step: number, approvers: readonly Approver[]): void {
    this.setSteps(this.steps().map((it, i) => (i === step ? approvers : it)));
  }

  private setSteps([approvers = [], ...then]: readonly (readonly Approver[])[]): void {
    const { then: _, ...rest } = this.value();
    this.changed.emit({ ...rest, approvers, ...(then.length > 0 && { then }) });
  }
}
