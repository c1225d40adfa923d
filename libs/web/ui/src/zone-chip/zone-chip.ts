import { Component, computed, inject, input } from '@angular/core';
import { Formats, type InstantLike } from '../time/formats';

/** The zone times are written in, with its offset at that moment: `Europe/Berlin · UTC+1`. Stands beside every date control. */
@Component({
  selector: 'berth-zone-chip',
  host: { class: 'chip' },
  template: `{{ name() }} · {{ offset() }}`,
})
export class ZoneChip {
  private readonly formats = inject(Formats);

  readonly zone = input.required<string>();
  /** The moment whose offset counts; by default now. */
  readonly at = input<InstantLike>(Date.now());

  protected readonly name = computed(() => this.zone().replaceAll('_', ' '));
  protected readonly offset = computed(() => this.formats.offset(this.zone(), this.at()));
}
