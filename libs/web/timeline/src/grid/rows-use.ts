import { Component, computed, inject, input } from '@angular/core';
import type { ResourceRow } from '../rows/catalogue';
import { TimelineState } from '../timeline-state';
import { TimelineWords } from '../timeline-words';

/**
 * How much of the open time of a group is booked, beside its title. A component of its own: it follows every row of the group,
 * and the grid must not be drawn anew for each booking somewhere in it.
 */
@Component({
  selector: 'berth-rows-use',
  template: `
    @if (percent() !== null) {
      <span class="muted">· {{ words.text('utilisation', { percent: percent() }) }}</span>
    }
  `,
})
export class RowsUse {
  private readonly state = inject(TimelineState);
  protected readonly words = inject(TimelineWords);
  readonly rows = input.required<readonly ResourceRow[]>();
  protected readonly percent = computed(() => this.state.utilisation(this.rows()));
}
