import { Injectable, inject } from '@angular/core';
import type { ApprovalDocument, CheckInDocument, PolicyDocument } from '@berth/scheduling';
import { AdminWords } from '../admin-words';

/** Rules that are set in the panel, in the order they are shown. */
export const EDITABLE_RULES = [
  'minDuration',
  'maxDuration',
  'slotStep',
  'minNotice',
  'horizon',
  'bufferBefore',
  'bufferAfter',
  'approval',
  'tentativeBlocks',
  'mayLeaveOpenHours',
] as const satisfies readonly (keyof PolicyDocument)[];
export type EditableRule = (typeof EDITABLE_RULES)[number];

/** Rules that are only told, where they are set somewhere. */
export const TOLD_RULES = [
  'titlesVisibleTo',
  'cancellationNotice',
  'maxConcurrentPerPerson',
  'maxPerWeekPerPerson',
  'checkIn',
] as const satisfies readonly (keyof PolicyDocument)[];

/** Booking rules in plain sentences. */
@Injectable({ providedIn: 'root' })
export class RuleWords {
  private readonly words = inject(AdminWords);

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

  private checkIn(value: CheckInDocument): string {
    return this.words.text(`admin.rule.checkIn.${value.mode}`, {
      before: this.words.duration(value.before),
      after: this.words.duration(value.after),
    });
  }

  private approval(value: ApprovalDocument): string {
    return this.words.text(`admin.rule.approval.${value.mode}`, {
      deadline: this.words.duration(value.deadline),
    });
  }
}
