import { Component, computed, inject, input, output } from '@angular/core';
import type { ApprovalDocument, CheckInDocument } from '@berth/scheduling';
import { Select } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import { DurationField } from '../fields/duration-field';
import { ApprovalField } from './approval-field';
import type { Rule } from './rule-list';

const AUDIENCES = ['organization', 'attendees', 'managers'] as const;
/** What a limit begins with when somebody sets one. */
const FIRST_LIMITS: Partial<Record<Rule, unknown>> = { cancellationNotice: 'P1D', maxConcurrentPerPerson: 1, maxPerWeekPerPerson: 'PT10H' };

/** The control for the value of one rule. i18n: admin.rule.*.yes, admin.rule.titlesVisibleTo.* */
@Component({
  selector: 'berth-rule-field',
  imports: [ApprovalField, DurationField, Select, TranslatePipe],
  template: `
    @switch (kind()) {
      @case ('approval') {
        <berth-approval-field [value]="asApproval()" (changed)="changed.emit($event)" />
      }
      @case ('checkIn') {
        @let checkIn = asCheckIn();
        <label class="check">
          <input
            #needed
            type="checkbox"
            [checked]="checkIn.mode === 'required'"
            (change)="setCheckIn({ mode: needed.checked ? 'required' : 'off' })"
          />
          {{ 'admin.rules.checkInNeeded' | translate }}
        </label>
        @if (checkIn.mode === 'required') {
          <span class="part">
            {{ 'admin.rules.checkInFrom' | translate }}
            <berth-duration-field
              [label]="'admin.rules.checkInFrom' | translate"
              [value]="checkIn.before"
              (changed)="setCheckIn({ before: $event })"
            />
          </span>
          <span class="part">
            {{ 'admin.rules.checkInTo' | translate }}
            <berth-duration-field
              [label]="'admin.rules.checkInTo' | translate"
              [value]="checkIn.after"
              (changed)="setCheckIn({ after: $event })"
            />
          </span>
        }
      }
      @case ('flag') {
        <label class="check">
          <input #flag type="checkbox" [checked]="value() === true" (change)="changed.emit(flag.checked)" />
          {{ 'admin.rule.' + rule() + '.yes' | translate }}
        </label>
      }
      @case ('audience') {
        <berth-select look="small" [label]="label()" [options]="audiences()" [value]="asText()" (chosen)="changed.emit($event)" />
      }
      @case ('limit') {
        <berth-select look="small" [label]="label()" [options]="limits()" [value]="value() !== 'none'" (chosen)="limit($event)" />
        @if (value() !== 'none' && rule() === 'maxConcurrentPerPerson') {
          <input
            #count
            class="in small count"
            type="number"
            inputmode="numeric"
            min="1"
            step="1"
            [attr.aria-label]="label()"
            [attr.aria-invalid]="invalid() ? true : null"
            [value]="value()"
            (input)="countTo(count.valueAsNumber)"
          />
        } @else if (value() !== 'none') {
          <berth-duration-field [label]="label()" [value]="asText()" [invalid]="invalid()" (changed)="changed.emit($event)" />
        }
      }
      @default {
        <berth-duration-field [label]="label()" [value]="asText()" [invalid]="invalid()" (changed)="changed.emit($event)" />
      }
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px 14px;
    }
    .part {
      display: inline-flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px;
      font-size: 13px;
    }
    .count {
      width: 76px;
      text-align: right;
    }
    @media (max-width: 719px) {
      .in.small {
        min-height: 44px;
      }
    }
  `,
})
export class RuleField {
  readonly rule = input.required<Rule>();
  /** Name of the rule, for whoever hears the screen. */
  readonly label = input.required<string>();
  readonly value = input.required<unknown>();
  readonly invalid = input(false);
  readonly changed = output<unknown>();

  private readonly words = inject(AdminWords);
  protected readonly audiences = computed(() =>
    AUDIENCES.map((value) => ({ value: value as string, label: this.words.text(`admin.rule.titlesVisibleTo.${value}`) })),
  );
  /** Whether there is one. */
  protected readonly limits = computed(() => [
    { value: false, label: this.words.text(`admin.rule.${this.rule()}.none`) },
    { value: true, label: this.words.text(`admin.rules.limit.${this.rule()}`) },
  ]);
  protected readonly kind = computed(() => {
    const rule = this.rule();
    if (rule === 'approval' || rule === 'checkIn') return rule;
    if (rule === 'titlesVisibleTo') return 'audience';
    if (rule in FIRST_LIMITS) return 'limit';
    return rule === 'mayLeaveOpenHours' ? 'flag' : 'duration';
  });
  protected readonly asText = computed(() => String(this.value()));
  protected readonly asApproval = computed(() => this.value() as ApprovalDocument);
  protected readonly asCheckIn = computed(() => this.value() as CheckInDocument);

  protected setCheckIn(change: Partial<CheckInDocument>): void {
    this.changed.emit({ ...this.asCheckIn(), ...change });
  }

  protected limit(isLimited: boolean): void {
    this.changed.emit(isLimited ? FIRST_LIMITS[this.rule()] : 'none');
  }

  protected countTo(count: number): void {
    if (Number.isInteger(count) && count >= 1) this.changed.emit(count);
  }
}
