import { Component, computed, inject, input } from '@angular/core';
import { BookingWords, type Reservation } from '@berth/web/booking';
import { ServerClock } from '@berth/web/data';
import { Icon, type Selection } from '@berth/web/ui';
import { isOpen } from '../agenda/agenda-days';
import { ManyActs } from './many-acts';

/** What can be done with the ticked bookings. */
@Component({
  selector: 'berth-selection-bar',
  imports: [Icon],
  host: { class: 'float', role: 'region', '[attr.aria-label]': 'label()' },
  template: `
    <b role="status">{{ words.count('reservations.many.selected.', selection().count()) }}</b>
    @if (!selection().hasAll()) {
      <button type="button" class="link" (click)="selection().all()">
        {{ words.text('reservations.many.selectAll', { count: shown() }) }}
      </button>
    }
    <span class="grow"></span>
    @if (open().length > 0) {
      <button type="button" class="btn small danger" (click)="cancel()">
        <svg berthIcon="calendar-x"></svg>{{ words.text('reservations.many.cancel') }}
      </button>
    }
    <button type="button" class="btn small" (click)="acts.export(selection().chosen())">
      <svg berthIcon="download"></svg>{{ words.text('reservations.many.export') }}
    </button>
    <button type="button" class="btn quiet small" (click)="selection().clear()">{{ words.text('reservations.many.clear') }}</button>
  `,
  styles: `
    :host {
      position: sticky;
      bottom: 12px;
      z-index: 3;
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px;
      margin-top: 12px;
      padding: 8px 14px;
      border-color: var(--accent);
    }
    @media (max-width: 719px) {
      :host {
        bottom: 8px;
        padding: 8px 10px;
      }
      .btn {
        flex: 1 0 auto;
      }
    }
  `,
})
export class SelectionBar {
  private readonly now = inject(ServerClock).minute;
  protected readonly acts = inject(ManyActs);
  protected readonly words = inject(BookingWords);

  readonly selection = input.required<Selection<Reservation>>();
  /** How many can be ticked. */
  readonly shown = input.required<number>();

  protected readonly label = computed(() => this.words.text('reservations.many.bar'));
  /** Those that can still be cancelled. */
  protected readonly open = computed(() =>
    this.selection()
      .chosen()
      .filter((it) => isOpen(it, this.now())),
  );

  protected async cancel(): Promise<void> {
    if (await this.acts.cancel(this.selection().chosen())) this.selection().clear();
  }
}
