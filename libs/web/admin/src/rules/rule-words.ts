import { Injectable, inject } from '@angular/core';
import type { ApprovalDocument, Approver, CheckInDocument } from '@berth/scheduling';
import { AdminWords } from '../admin-words';
import { People } from '../data/people';

/** Booking rules in plain sentences. */
@Injectable({ providedIn: 'root' })
export class RuleWords {
  private readonly words = inject(AdminWords);
  private readonly people = inject(People);

  name(rule: string): string {
    return this.words.text(`admin.rule.${rule}.name`);
  }

  sentence(rule: string, value: unknown): string {
    if (rule === 'approval') return this.approval(value as ApprovalDocument);
    if (rule === 'checkIn') return this.checkIn(value as CheckInDocument);
    if (typeof value === 'boolean') return this.words.text(`admin.rule.${rule}.${value ? 'yes' : 'no'}`);
    if (value === 'none') return this.words.text(`admin.rule.${rule}.none`);
    if (rule === 'titlesVisibleTo') return this.words.text(`admin.rule.titlesVisibleTo.${String(value)}`);
    if (rule === 'maxConcurrentPerPerson') return this.words.text(`admin.rule.${rule}.value`, { value });
    const isNothing = value === 'PT0S' || value === 'P0D' || value === 'PT0M';
    return this.words.text(`admin.rule.${rule}.${isNothing ? 'zero' : 'value'}`, { value: this.words.duration(value) });
  }

  /** Who is asked in one step: any of them is enough. */
  step(approvers: readonly Approver[]): string {
    if (approvers.length === 0) return this.words.text('admin.approval.managers');
    return this.words.either(
      approvers.map((it) => (it.kind === 'user' ? this.people.name(it.id) : this.words.text('admin.approval.group'))),
    );
  }

  private checkIn(value: CheckInDocument): string {
    return this.words.text(`admin.rule.checkIn.${value.mode}`, {
      before: this.words.duration(value.before),
      after: this.words.duration(value.after),
    });
  }

  private approval({ mode, deadline, approvers, then = [], requiredFor = {} }: ApprovalDocument): string {
    if (mode === 'none') return this.words.text('admin.rule.approval.none');
    const causes = [
      ...(requiredFor.longerThan
        ? [this.words.text('admin.approval.cause.longerThan', { value: this.words.duration(requiredFor.longerThan) })]
        : []),
      ...(requiredFor.outOfHours ? [this.words.text('admin.approval.cause.outOfHours')] : []),
    ];
    const params = { deadline: this.words.duration(deadline), causes: this.words.either(causes), first: this.step(approvers) };
    const sentence = this.words.text(`admin.rule.approval.${mode}`, params);
    return [sentence, ...then.map((it) => this.words.text('admin.approval.then', { next: this.step(it) }))].join(' ');
  }
}
