import { Component, computed, input } from '@angular/core';
import type { UsualPlaceResponse } from '@berth/api-client';
import { stripOf, type BusyTime, type Span } from '@berth/web/booking';
import { Strip } from '@berth/web/ui';

/** The free/busy strip of a usual place. */
@Component({
  selector: 'berth-place-strip',
  imports: [Strip],
  template: `
    <berth-strip
      [size]="16"
      [from]="shown().start"
      [to]="shown().end"
      [intervals]="intervals()"
      [zone]="place().timeZone"
      [wanted]="wanted()"
      [now]="now()"
      [ticks]="true"
    />
  `,
})
export class PlaceStrip {
  readonly place = input.required<UsualPlaceResponse>();
  readonly busy = input.required<BusyTime>();
  readonly shown = input.required<Span>();
  readonly wanted = input<Span | null>(null);
  readonly now = input<number | null>(null);

  protected readonly intervals = computed(() => stripOf(this.busy(), this.place().units, 1));
}
