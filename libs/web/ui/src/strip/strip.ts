import { Component, computed, inject, input } from '@angular/core';
import { TranslateService } from '@ngx-translate/core';
import { Formats } from '../time/formats';
import { describe, placed, type StripInterval } from './strip-layout';

/**
 * The free/busy strip: one resource, one stretch of time. Occupied time is filled by state, closed time hatched, the wanted window
 * outlined in accent (dashed when it cannot be had). The same picture everywhere; the accessible name says it in words.
 */
@Component({
  selector: 'berth-strip',
  host: { role: 'img', '[attr.aria-label]': 'description()' },
  template: `
    <div class="track" [style.height.px]="size()" [style.--hours]="hours()">
      @for (part of parts(); track $index) {
        <i [class]="part.state" [style.left.%]="part.left" [style.width.%]="part.width"></i>
      }
      @if (window(); as part) {
        <i class="wanted" [class.refused]="!wantedFits()" [style.left.%]="part.left" [style.width.%]="part.width"></i>
      }
      @if (nowAt() !== null) {
        <i class="now" [style.left.%]="nowAt()"></i>
      }
    </div>
    @if (ticks()) {
      <div class="axis">
        @for (tick of labels(); track tick.left) {
          <span [style.left.%]="tick.left">{{ tick.text }}</span>
        }
      </div>
    }
  `,
  styleUrl: './strip.css',
})
export class Strip {
  private readonly formats = inject(Formats);
  private readonly translate = inject(TranslateService);

  /** Left edge, epoch milliseconds. */
  readonly from = input.required<number>();
  /** Right edge, epoch milliseconds. */
  readonly to = input.required<number>();
  /** What occupies the time; what is not listed is free. */
  readonly intervals = input.required<readonly StripInterval[]>();
  /** IANA zone the hours are written in. */
  readonly zone = input.required<string>();
  readonly wanted = input<{ readonly start: number; readonly end: number } | null>(null);
  /** Whether the wanted window can be had. */
  readonly wantedFits = input(true);
  /** Epoch milliseconds; null where the now line does not matter. */
  readonly now = input<number | null>(null);
  readonly size = input<16 | 22>(22);
  /** Whether hours are written under the strip. */
  readonly ticks = input(false);

  protected readonly hours = computed(() => (this.to() - this.from()) / 3_600_000);
  protected readonly parts = computed(() => placed(this.intervals(), this.from(), this.to()));
  protected readonly window = computed(() => {
    const wanted = this.wanted();
    return wanted === null ? null : (placed([{ ...wanted, state: 'mine' }], this.from(), this.to())[0] ?? null);
  });
  protected readonly nowAt = computed(() => {
    const now = this.now();
    return now === null || now < this.from() || now > this.to() ? null : ((now - this.from()) / (this.to() - this.from())) * 100;
  });
  protected readonly labels = computed(() => {
    const step = this.hours() <= 14 ? 2 : this.hours() <= 26 ? 4 : 24;
    const count = Math.floor(this.hours() / step) + 1;
    return Array.from({ length: count }, (_, index) => ({
      left: ((index * step) / this.hours()) * 100,
      text: this.formats
        .format(this.from() + index * step * 3_600_000, this.zone(), { hour: '2-digit', hourCycle: this.formats.hourCycle() })
        .replace(/\s?(Uhr|h)$/, ''),
    }));
  });
  protected readonly description = computed(() => {
    this.translate.currentLang();
    return describe(this.intervals(), this.from(), this.to(), {
      state: (state) => String(this.translate.instant(`kit.state.${state}`)),
      time: (instant) => this.formats.time(instant, this.zone()),
      free: (range) => String(this.translate.instant('kit.strip.freeAll', { range })),
    });
  });
}
