import { Component, computed, inject, input, resource } from '@angular/core';
import { addDays, startOfDay, toCivil } from '@berth/kernel';
import { BookingWords, ResourcesApi, busyTimeOf, stripOf, type Reservation, type Span } from '@berth/web/booking';
import { Strip } from '@berth/web/ui';

const HOUR = 3_600_000;
const RESOURCES = 4;

/** The day of a request on each of its resources, with the time that is asked for outlined. */
@Component({
  selector: 'berth-request-day',
  imports: [Strip],
  template: `
    @for (it of days(); track it.id) {
      <p class="muted">{{ words.text('approvals.dayOf', { name: it.name }) }}</p>
      <berth-strip
        [from]="shown().start"
        [to]="shown().end"
        [intervals]="it.intervals"
        [zone]="zone()"
        [wanted]="wanted()"
        [ticks]="true"
      />
    }
  `,
  styles: `
    :host {
      display: block;
      margin-top: 12px;
    }
    p {
      font-size: 12px;
      line-height: 20px;
    }
  `,
})
export class RequestDay {
  private readonly api = inject(ResourcesApi);
  protected readonly words = inject(BookingWords);

  readonly reservation = input.required<Reservation>();

  protected readonly zone = computed(() => this.reservation().resources[0]?.timeZone ?? this.reservation().timeZone);
  protected readonly wanted = computed<Span>(() => ({
    start: Date.parse(this.reservation().start),
    end: Date.parse(this.reservation().end),
  }));
  /** From 08 to 20 of its day, and the request in any case; at most one day, as a longer one fills it. */
  protected readonly shown = computed<Span>(() => {
    const { start, end } = this.wanted();
    const zone = this.zone();
    const { date } = toCivil(new Date(start), zone);
    const day = startOfDay(date, zone).getTime();
    const next = startOfDay(addDays(date, 1), zone).getTime();
    return {
      start: Math.min(day + 8 * HOUR, Math.floor(start / HOUR) * HOUR),
      end: Math.min(next, Math.max(day + 20 * HOUR, Math.ceil(end / HOUR) * HOUR)),
    };
  });
  private readonly resources = computed(() => this.reservation().resources.slice(0, RESOURCES));
  private readonly busy = resource({
    params: () => ({ ids: this.resources().map((it) => it.resourceId), window: this.shown() }),
    // A picture beside the words; where it cannot be had, the words are enough.
    loader: ({ params: { ids, window } }) => this.api.availability(ids, window).catch(() => null),
  });
  protected readonly days = computed(() => {
    const answer = this.busy.value();
    if (!answer) return [];
    const window = this.shown();
    return this.resources().map(({ resourceId, name, quantity }) => ({
      id: resourceId,
      name,
      intervals: stripOf(withoutOwn(busyTimeOf(answer, answer.resources.indexOf(resourceId), window), this.reservation().id), 1, quantity),
    }));
  });
}

/** The request itself is what is outlined, not what stands in its way. */
function withoutOwn(busy: ReturnType<typeof busyTimeOf>, id: string): ReturnType<typeof busyTimeOf> {
  return { ...busy, bars: busy.bars.filter((it) => it.id !== id) };
}
