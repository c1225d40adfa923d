import { Component, computed, inject, input, resource } from '@angular/core';
import { Formats } from '@berth/web/ui';
import type { CustomField } from '@berth/scheduling';
import type { Answer, Reservation } from '../reservation';
import { ResourcesApi } from '../resources-api';
import { BookingWords } from './booking-words';

/** What was answered when something was booked, also to questions nobody asks any more. */
@Component({
  selector: 'berth-answer-list',
  template: `
    @if (lines().length > 0) {
      <dl>
        @for (line of lines(); track line.key) {
          <div>
            <dt>{{ line.label }}</dt>
            <dd>{{ line.value }}</dd>
          </div>
        }
      </dl>
    }
  `,
  styles: `
    :host:empty {
      display: none;
    }
    dl {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(140px, 1fr));
      gap: 8px 16px;
      margin: 0;
    }
    dt {
      font-size: 12px;
      line-height: 16px;
      color: var(--muted);
    }
    dd {
      margin: 0;
      overflow-wrap: anywhere;
    }
  `,
})
export class AnswerList {
  private readonly resources = inject(ResourcesApi);
  private readonly formats = inject(Formats);
  private readonly words = inject(BookingWords);

  readonly reservation = input.required<Reservation>();

  // Only who has answers needs to know what was asked.
  private readonly asked = resource({
    params: () =>
      this.answers().length === 0
        ? undefined
        : this.reservation()
            .resources.map((it) => it.resourceId)
            .join(' '),
    loader: ({ params }) => this.resources.askedOf(params.split(' ')).catch(() => []),
  });
  private readonly answers = computed(() => Object.entries(this.reservation().customFields ?? {}));
  protected readonly lines = computed(() => {
    const fields = this.asked.hasValue() ? this.asked.value() : [];
    const order = new Map(fields.map((it, i) => [it.key, i]));
    return this.answers()
      .map(([key, value]) => ({
        key,
        label: fields.find((it) => it.key === key)?.label ?? key,
        value: this.shown(
          fields.find((it) => it.key === key),
          value,
        ),
      }))
      .sort((a, b) => (order.get(a.key) ?? fields.length) - (order.get(b.key) ?? fields.length));
  });

  private shown(field: CustomField | undefined, value: Answer): string {
    if (typeof value === 'boolean') return this.words.text(`booking.answers.${value}`);
    if (typeof value === 'number') return new Intl.NumberFormat(this.formats.language()).format(value);
    return field?.kind === 'date' && value !== null ? this.formats.date(`${value}T00:00:00Z`, 'UTC') : (value ?? '');
  }
}
