import { Component, computed, inject, input } from '@angular/core';
import { Formats, Icon } from '@berth/web/ui';
import { DAY } from '../span';
import type { BookingForm } from './booking-form';
import { BookingWords } from './booking-words';

/** What holds here though nothing is wrong: approval, the longest length, until when a cancellation is free. */
@Component({
  selector: 'berth-rules-note',
  imports: [Icon],
  template: `
    @if (form().needsApproval()) {
      <p class="note pending">
        <svg berthIcon="users-round"></svg>
        <span
          ><b>{{ words.text('booking.approval.needed', { name: asking() }) }}</b
          >{{ ' ' + words.text('booking.approval.kept') }}</span
        >
      </p>
    }
    @if (limit() || cancelUntil()) {
      <p class="note">
        <svg berthIcon="info"></svg>
        <span>
          @if (limit(); as it) {
            <b>{{ it.most }}</b>{{ it.yours }}
          }
          @if (cancelUntil(); as text) {
            {{ text }}
          }
          @if (limit()?.setOn; as name) {
            <span class="source">{{ words.text('booking.setOn', { name }) }}</span>
          }
        </span>
      </p>
    }
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 240px), 1fr));
      gap: 12px;
    }
    :host:empty {
      display: none;
    }
    .note {
      align-items: flex-start;
    }
    svg {
      margin-top: 1px;
      flex: none;
    }
    .source {
      white-space: nowrap;
    }
  `,
})
export class RulesNote {
  private readonly formats = inject(Formats);
  protected readonly words = inject(BookingWords);

  readonly form = input.required<BookingForm>();
  /** Whether to name who set the limit; the popover has no room for it. */
  readonly withSource = input(true);

  /** What somebody has to agree to; of several resources those. */
  protected readonly asking = computed(() => {
    const names = this.form()
      .together()
      .filter((it) => it.needsApproval)
      .map((it) => it.name);
    return names.length > 0 ? this.words.list(names) : this.form().resourceName();
  });
  /** Told where somebody has set it, or where it is short enough to be run into. */
  protected readonly limit = computed(() => {
    const { wish } = this.form();
    const rules = wish.rules();
    if (rules.longest >= DAY && rules.longestSetOn === null) return null;
    const most = this.words.text('booking.limit.most', { length: this.words.length(rules.longest) });
    const yours = this.words.text('booking.limit.yours', { length: this.words.length(wish.length()) });
    return { most, yours, setOn: this.withSource() ? rules.longestSetOn : null };
  });
  protected readonly cancelUntil = computed(() => {
    const { wish } = this.form();
    const notice = wish.rules().cancellationNotice;
    const span = wish.span();
    if (notice === null || span === null) return null;
    const until = span.start - notice;
    const isSameDay = this.formats.date(until, wish.zone(), 'medium') === this.formats.date(span.start, wish.zone(), 'medium');
    const time = isSameDay
      ? this.formats.time(until, wish.zone())
      : `${this.formats.date(until, wish.zone())} ${this.formats.time(until, wish.zone())}`;
    return this.words.text('booking.limit.cancel', { time });
  });
}
