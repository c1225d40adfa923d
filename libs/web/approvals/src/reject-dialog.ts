import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, computed, inject, signal } from '@angular/core';
import { toCivil, toInstant } from '@berth/kernel';
import { BookingWords } from '@berth/web/booking';
import { DialogFrame, Field, FieldControl } from '@berth/web/ui';
import type { Answer, Approval } from './approvals-api';
import { RequestTimes } from './request-times';

export interface RejectData {
  readonly approvals: readonly Approval[];
  /** Begins with another time. */
  readonly suggests: boolean;
}

const REASONS = ['taken', 'purpose', 'tooLong'] as const;

/** Asks why, and for another time if one wants; closes with the answer or with nothing. i18n: approvals.reasons.* */
@Component({
  selector: 'berth-reject-dialog',
  imports: [DialogFrame, Field, FieldControl],
  template: `
    <berth-dialog-frame [heading]="words.text(data.suggests ? 'approvals.suggestTitle' : 'approvals.rejectTitle')" [subtitle]="about">
      <form class="stack" id="reject" autocomplete="off" (submit)="send($event)">
        <div class="reasons" role="group" [attr.aria-label]="words.text('approvals.templates')">
          @for (reason of reasons; track reason) {
            <button type="button" class="chip" (click)="message.set(words.text('approvals.reasons.' + reason))">
              {{ words.text('approvals.reasons.' + reason) }}
            </button>
          }
        </div>
        <berth-field [label]="words.text('approvals.reason')">
          <textarea
            #box
            berthControl
            name="reason"
            rows="3"
            maxlength="1000"
            [value]="message()"
            (input)="message.set(box.value)"
          ></textarea>
        </berth-field>
        @if (data.suggests) {
          <div class="times">
            <berth-field [label]="words.text('approvals.from')">
              <input #from berthControl type="datetime-local" name="from" step="900" [value]="start()" (input)="startAt(from.value)" />
            </berth-field>
            <berth-field [label]="words.text('approvals.to')" [error]="isOrdered() ? null : words.text('approvals.notAfter')">
              <input #to berthControl type="datetime-local" name="to" step="900" [value]="end()" (input)="end.set(to.value)" />
            </berth-field>
          </div>
        }
      </form>
      <button dialogActions type="button" class="btn" (click)="ref.close()">{{ words.text('approvals.back') }}</button>
      <button dialogActions type="submit" form="reject" class="btn danger" [disabled]="data.suggests && !isOrdered()">
        {{ words.text(data.suggests ? 'approvals.rejectAndSuggest' : 'approvals.reject') }}
      </button>
    </berth-dialog-frame>
  `,
  styles: `
    textarea {
      width: 100%;
    }
    .reasons,
    .times {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
    }
    .times > * {
      flex: 1 1 200px;
    }
  `,
})
export class RejectDialog {
  protected readonly ref = inject<DialogRef<Answer>>(DialogRef);
  protected readonly data = inject<RejectData>(DIALOG_DATA);
  protected readonly words = inject(BookingWords);
  private readonly times = inject(RequestTimes);

  protected readonly reasons = REASONS;
  protected readonly message = signal('');
  private readonly first = this.data.approvals[0]!.reservation;
  private readonly zone = this.first.resources[0]?.timeZone ?? this.first.timeZone;
  protected readonly start = signal(this.local(this.first.start));
  protected readonly end = signal(this.local(this.first.end));
  protected readonly isOrdered = computed(() => this.end() > this.start());
  protected readonly about =
    this.data.approvals.length === 1
      ? `${this.times.resources(this.first)}, ${this.times.span(this.first)}`
      : this.words.text('approvals.many', { count: this.data.approvals.length });

  /** Another start keeps the length. */
  protected startAt(text: string): void {
    const length = this.instant(this.end()) - this.instant(this.start());
    this.start.set(text);
    if (text !== '') this.end.set(this.local(new Date(this.instant(text) + length).toISOString()));
  }

  protected send(event: Event): void {
    event.preventDefault();
    const message = this.message().trim() || null;
    if (!this.data.suggests) return this.ref.close({ decision: 'reject', message });
    const suggestion = { start: new Date(this.instant(this.start())).toISOString(), end: new Date(this.instant(this.end())).toISOString() };
    this.ref.close({ decision: 'reject', message, suggestion });
  }

  /** As a field for date and time has it, on the clock of the resource. */
  private local(instant: string): string {
    const { date, time } = toCivil(new Date(instant), this.zone);
    return `${date}T${time.slice(0, 5)}`;
  }

  private instant(local: string): number {
    return toInstant(local, this.zone).instant.getTime();
  }
}
