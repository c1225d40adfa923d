import { Component, ElementRef, computed, inject, input, output, signal } from '@angular/core';
import { stripOf, type BusyTime } from '@berth/web/booking';
import { ServerClock } from '@berth/web/data';
import { Strip } from '@berth/web/ui';
import type { CatalogueRow } from '../data/catalogue';
import { freeWindows } from '../data/free-time';
import { FindWords } from '../find-words';
import type { Span } from '../query/wish';

const MINUTE = 60_000;

/**
 * A resource's day with the wish on it. The picture has its words; above it lies a slider, so that pointer and arrow keys read
 * what a time is ("14:00 free until 16:30") and a click or Enter makes it the start.
 */
@Component({
  selector: 'berth-result-strip',
  imports: [Strip],
  template: `
    @if (day(); as known) {
      <berth-strip
        [from]="shown().start"
        [to]="shown().end"
        [intervals]="intervals()"
        [zone]="zone()"
        [wanted]="wanted()"
        [wantedFits]="fits()"
        [now]="now()"
      />
      <div
        class="touch"
        role="slider"
        [attr.tabindex]="reachable() ? 0 : -1"
        [attr.aria-label]="words.text('strip.label', { name: name() })"
        [attr.aria-valuemin]="0"
        [attr.aria-valuemax]="slots()"
        [attr.aria-valuenow]="slotOf(moment())"
        [attr.aria-valuetext]="reading()"
        (pointermove)="point($event)"
        (pointerleave)="pointed.set(null)"
        (click)="take($event)"
        (focus)="pointed.set(moment())"
        (blur)="pointed.set(null)"
        (keydown)="press($event)"
      ></div>
      @if (pointed(); as at) {
        <i class="at" [style.left.%]="percent(at)"></i>
        <span class="reading float" aria-hidden="true" [style.left.%]="percent(at)">{{ reading() }}</span>
      }
    } @else {
      <div class="blank"></div>
    }
  `,
  styleUrl: './result-strip.css',
})
export class ResultStrip {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  protected readonly words = inject(FindWords);
  /** Taken here and not where it is read: taking it starts the clock. */
  protected readonly now = inject(ServerClock).minute;

  readonly name = input.required<string>();
  readonly day = input.required<BusyTime | undefined>();
  readonly row = input.required<CatalogueRow | undefined>();
  readonly shown = input.required<Span>();
  readonly wanted = input.required<Span>();
  readonly fits = input(true);
  readonly zone = input.required<string>();
  /** Whether Tab comes here. */
  readonly reachable = input(false);
  /** Epoch milliseconds of a start that was pointed at and taken. */
  readonly started = output<number>();

  protected readonly pointed = signal<number | null>(null);
  protected readonly intervals = computed(() => {
    const day = this.day();
    return day ? stripOf(day, this.row()?.units ?? 1, 1) : [];
  });
  protected readonly windows = computed(() => {
    const day = this.day();
    return day ? freeWindows(day, this.row(), this.shown()) : [];
  });
  protected readonly moment = computed(() => this.pointed() ?? this.wanted().start);
  protected readonly reading = computed(() => this.words.at(this.moment(), this.windows(), this.shown().end, this.zone()));
  private readonly stepMs = computed(() => (this.row()?.step ?? 15) * MINUTE);
  protected readonly slots = computed(() => Math.max(1, Math.floor((this.shown().end - this.shown().start) / this.stepMs()) - 1));

  protected percent(moment: number): number {
    const { start, end } = this.shown();
    return Math.min(100, Math.max(0, ((moment - start) / (end - start)) * 100));
  }

  protected slotOf(moment: number): number {
    return Math.min(this.slots(), Math.max(0, Math.floor((moment - this.shown().start) / this.stepMs())));
  }

  protected point({ clientX }: PointerEvent): void {
    const { left, width } = this.host.nativeElement.getBoundingClientRect();
    const { start, end } = this.shown();
    const slot = Math.floor((((clientX - left) / width) * (end - start)) / this.stepMs());
    this.pointed.set(start + Math.min(this.slots(), Math.max(0, slot)) * this.stepMs());
  }

  protected take(event: MouseEvent): void {
    if (event instanceof PointerEvent) this.point(event);
    const at = this.pointed();
    if (at !== null) this.started.emit(at);
  }

  protected press(event: KeyboardEvent): void {
    const last = this.slots();
    const slot = this.slotOf(this.moment());
    const to = { ArrowRight: slot + 1, ArrowUp: slot + 1, ArrowLeft: slot - 1, ArrowDown: slot - 1, Home: 0, End: last }[event.key];
    if (to !== undefined) this.pointed.set(this.shown().start + Math.min(last, Math.max(0, to)) * this.stepMs());
    else if (event.key === 'Enter' || event.key === ' ') this.started.emit(this.moment());
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
