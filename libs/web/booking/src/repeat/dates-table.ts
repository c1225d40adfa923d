import { Component, computed, inject, input, signal } from '@angular/core';
import { ProblemMessages } from '@berth/web/data';
import { Formats, Icon } from '@berth/web/ui';
import type { BookingForm } from '../form/booking-form';
import { BookingWords } from '../form/booking-words';
import type { PlannedDate } from './repeat';
import type { Alternative, CheckedOccurrence, Resolution } from './series-api';

const SHOWN_FIRST = 12;

interface Choice {
  readonly text: string;
  readonly isOn: boolean;
  readonly resolution: Resolution | null;
}

/** The dates of a series, whether each can be had, and what is done about it. */
@Component({
  selector: 'berth-dates-table',
  imports: [Icon],
  template: `
    <div role="status" class="sr">{{ summary() }}</div>
    @switch (form().repeat.preview().kind) {
      @case ('asking') {
        <p class="muted">{{ words.text('booking.repeat.asking') }}</p>
      }
      @case ('failed') {
        <p class="note error" role="alert"><svg berthIcon="circle-alert"></svg>{{ failure() }}</p>
      }
      @case ('ready') {
        <div class="box">
          <table>
            <caption class="sr">
              {{
                words.text('booking.repeat.caption')
              }}
            </caption>
            <thead>
              <tr>
                <th scope="col">{{ words.text('booking.repeat.date') }}</th>
                <th scope="col">{{ words.text('booking.repeat.time') }}</th>
                <th scope="col">{{ words.text('booking.repeat.verdict') }}</th>
                <th scope="col">
                  @if (form().repeat.troubled() > 1) {
                    <button type="button" class="link" (click)="fixAll()">{{ words.text('booking.repeat.fixAll') }}</button>
                  } @else {
                    <span class="sr">{{ words.text('booking.repeat.instead') }}</span>
                  }
                </th>
              </tr>
            </thead>
            <tbody>
              @for (row of shown(); track row.id) {
                <tr [class.off]="row.isSkipped">
                  <th scope="row">{{ row.date }}</th>
                  <td>{{ row.time }}</td>
                  <td>
                    <span class="verdict" [class.bad]="row.isTroubled">
                      <svg [berthIcon]="row.isTroubled ? 'x' : 'check'" [size]="16"></svg>{{ row.verdict }}
                    </span>
                    @if (row.why) {
                      <small class="muted">{{ row.why }}</small>
                    }
                  </td>
                  <td>
                    <span class="choices" role="group" [attr.aria-label]="row.date">
                      @for (choice of row.choices; track choice.text) {
                        <button type="button" class="chip small" [attr.aria-pressed]="choice.isOn" (click)="decide(row.id, choice)">
                          {{ choice.text }}
                        </button>
                      }
                    </span>
                  </td>
                </tr>
              }
            </tbody>
          </table>
        </div>
        @if (rows().length > shown().length) {
          <button type="button" class="link" (click)="showsAll.set(true)">
            {{ words.text('booking.repeat.showAll', { count: rows().length }) }}
          </button>
        }
      }
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      align-items: flex-start;
      gap: 8px;
    }
    .sr {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }
    .box {
      width: 100%;
      max-height: 320px;
      overflow: auto;
      border: 1px solid var(--line);
      border-radius: var(--radius-surface);
    }
    table {
      width: 100%;
      border-collapse: collapse;
      font-size: 13px;
    }
    th,
    td {
      padding: 6px 10px;
      text-align: left;
      font-weight: 400;
      vertical-align: middle;
    }
    thead th {
      color: var(--muted);
      border-bottom: 1px solid var(--line);
    }
    tbody tr + tr > * {
      border-top: 1px solid var(--line);
    }
    tbody th,
    td:nth-child(2) {
      white-space: nowrap;
    }
    .off th,
    .off td:nth-child(2) {
      color: var(--muted);
      text-decoration: line-through;
    }
    .verdict {
      display: inline-flex;
      align-items: center;
      gap: 6px;
      margin-right: 6px;
    }
    .bad {
      color: var(--danger);
      font-weight: 500;
    }
    .choices {
      display: flex;
      flex-wrap: wrap;
      justify-content: flex-end;
      gap: 6px;
    }
    @media (max-width: 719px) {
      .box {
        max-height: none;
        border: 0;
      }
      table,
      tbody {
        display: block;
      }
      thead {
        display: none;
      }
      tbody tr {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        padding: 6px 0;
        border: 1px solid var(--line);
        border-radius: var(--radius-surface);
        margin-bottom: 8px;
      }
      tbody tr > *,
      tbody tr + tr > * {
        border: 0;
      }
      .choices {
        justify-content: flex-start;
      }
    }
  `,
})
export class DatesTable {
  protected readonly words = inject(BookingWords);
  private readonly messages = inject(ProblemMessages);
  private readonly formats = inject(Formats);

  readonly form = input.required<BookingForm>();
  protected readonly showsAll = signal(false);

  protected readonly rows = computed(() =>
    this.form()
      .repeat.dates()
      .map((it) => this.rowOf(it)),
  );
  protected readonly shown = computed(() => {
    if (this.showsAll()) return this.rows();
    // What needs a decision is shown wherever it lies.
    return this.rows().filter((it, i) => i < SHOWN_FIRST || it.isTroubled);
  });
  protected readonly summary = computed(() => {
    const { repeat } = this.form();
    if (repeat.preview().kind !== 'ready') return '';
    return this.words.text('booking.repeat.summary', { count: repeat.count(), total: repeat.total(), troubled: repeat.troubled() });
  });
  protected readonly failure = computed(() => {
    const preview = this.form().repeat.preview();
    if (preview.kind !== 'failed') return '';
    return preview.problem.errors?.[0]?.detail ?? this.messages.title(preview.problem);
  });

  protected decide(id: string, { resolution }: Choice): void {
    if (resolution === null) this.form().repeat.undecide(id);
    else this.form().repeat.decide(resolution);
  }

  /** Another resource for each date that has one; the others stay skipped. */
  protected fixAll(): void {
    for (const { occurrence } of this.form().repeat.dates()) {
      const elsewhere = occurrence.alternatives.find((it) => it.resourceId !== this.form().wish.resourceId());
      if (elsewhere) this.form().repeat.decide(resolutionOf(occurrence, elsewhere, true));
    }
  }

  private rowOf({ occurrence, resolution }: PlannedDate) {
    const zone = this.form().wish.zone();
    const { recurrenceId, start, end, verdict } = occurrence;
    const isTroubled = verdict !== 'free';
    return {
      id: recurrenceId,
      date: this.formats.date(start, zone),
      time: this.formats.range(start, end, zone),
      isTroubled,
      isSkipped: resolution?.use === 'skip',
      verdict: this.words.text(
        verdict === 'free' ? 'booking.repeat.free' : verdict === 'conflict' ? 'booking.repeat.taken' : 'booking.repeat.refused',
      ),
      why: this.whyNot(occurrence, zone),
      choices: this.choicesOf(occurrence, resolution, zone),
    };
  }

  private whyNot({ conflicts, violations = [] }: CheckedOccurrence, zone: string): string | null {
    const [violation] = violations;
    if (violation) return this.words.reason({ kind: 'rule', ...violation, setOn: null }, zone, null);
    const [conflict] = conflicts;
    if (!conflict) return null;
    const range = this.formats.range(conflict.busy.start, conflict.busy.end, zone);
    return conflict.title === null ? range : `“${conflict.title}” ${range}`;
  }

  private choicesOf(occurrence: CheckedOccurrence, resolution: Resolution | undefined, zone: string): Choice[] {
    const { recurrenceId, verdict } = occurrence;
    const isSkipped = resolution?.use === 'skip';
    const skip: Choice = { text: this.words.text('booking.repeat.skip'), isOn: isSkipped, resolution: { recurrenceId, use: 'skip' } };
    if (verdict === 'free') return [{ ...skip, resolution: isSkipped ? null : skip.resolution }];
    const own = this.form().wish.resourceId();
    const elsewhere = occurrence.alternatives.filter((it) => it.resourceId !== own).slice(0, 1);
    const later = occurrence.alternatives.filter((it) => it.resourceId === own).slice(0, 1);
    const others = [...elsewhere, ...later].map((it): Choice => {
      const isElsewhere = it.resourceId !== own;
      const to = resolutionOf(occurrence, it, isElsewhere);
      const text = isElsewhere ? it.name : this.nearText(occurrence, it, zone);
      return { text, isOn: resolution?.use === to.use, resolution: to };
    });
    const wait: Choice = {
      text: this.words.text('booking.repeat.wait'),
      isOn: resolution?.use === 'waitlist',
      resolution: { recurrenceId, use: 'waitlist' },
    };
    return [...others, ...(occurrence.resolutions?.includes('waitlist') ? [wait] : []), skip];
  }

  private nearText({ start }: CheckedOccurrence, it: Alternative, zone: string): string {
    const sameDay = this.formats.date(start, zone) === this.formats.date(it.start, zone);
    return sameDay ? this.formats.time(it.start, zone) : `${this.formats.date(it.start, zone)} ${this.formats.time(it.start, zone)}`;
  }
}

const resolutionOf = ({ recurrenceId }: CheckedOccurrence, it: Alternative, isElsewhere: boolean): Resolution =>
  isElsewhere ? { recurrenceId, use: 'resource', resourceId: it.resourceId } : { recurrenceId, use: 'time', start: it.start, end: it.end };
