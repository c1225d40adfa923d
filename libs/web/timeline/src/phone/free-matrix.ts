import {
  Component,
  DestroyRef,
  type ElementRef,
  afterNextRender,
  computed,
  effect,
  inject,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import type { ResourceRow } from '../rows/catalogue';
import { placeRow } from '../rows/place-row';
import { isFreeAt } from '../rows/row-board';
import { isSameRange, rowsWithin, stackRows, type RowRange } from '../rows/viewport';
import { lineStep, minuteOfDay, ticks } from '../time/ticks';
import { timeAt, timeScale, xOf } from '../time/time-scale';
import { TimelineState, WORKING_HOURS } from '../timeline-state';
import { TimelineWords } from '../timeline-words';

/** A resource and time somebody tapped. */
export interface MatrixPick {
  readonly order: number;
  readonly time: number;
}

const ROW = 44;
const NAME = 116;

/** Who is free when: a line for each resource over the hours of one day, small enough for a phone. */
@Component({
  selector: 'berth-free-matrix',
  imports: [TranslatePipe],
  template: `
    <div class="axis" aria-hidden="true">
      @for (tick of hours(); track tick.x) {
        <span [style.left.px]="tick.x">{{ tick.text }}</span>
      }
    </div>
    <div #scroll class="scroll" tabindex="0" role="region" [attr.aria-label]="'timeline.phone.matrix' | translate">
      <ul [style.height.px]="stack().height">
        @for (it of shown(); track it.row.id) {
          <li [style.top.px]="it.order * 44">
            <button type="button" [attr.aria-label]="it.label" (click)="pick(it.order, $event)">
              <span class="name"><i [class.free]="it.isFree"></i>{{ it.row.name }}</span>
              <span class="strip">
                @if (it.closed) {
                  <i class="closed" [style.clip-path]="it.closed"></i>
                }
                @for (blackout of it.blackouts; track blackout.x) {
                  <i class="down" [style.left.px]="blackout.x" [style.width.px]="blackout.width"></i>
                }
                @for (sliver of it.slivers; track sliver.state) {
                  <i [class]="sliver.state" [style.clip-path]="sliver.shape"></i>
                }
              </span>
            </button>
          </li>
        }
      </ul>
      @if (nowAt() !== null) {
        <div class="now" [style.left.px]="nowAt()" [style.height.px]="stack().height"></div>
      }
    </div>
  `,
  styleUrl: './free-matrix.css',
})
export class FreeMatrix {
  private readonly words = inject(TimelineWords);
  private readonly scroll = viewChild.required<ElementRef<HTMLElement>>('scroll');
  protected readonly state = inject(TimelineState);

  readonly picked = output<MatrixPick>();

  private readonly width = signal(228);
  private readonly range = signal<RowRange>({ first: 0, end: 16 }, { equal: isSameRange });
  protected readonly stack = computed(() => stackRows(this.state.rows().map(() => ROW)));
  private readonly scale = computed(() => {
    const hours = WORKING_HOURS;
    return timeScale({
      view: 'day',
      date: this.state.date(),
      zone: this.state.zone(),
      weekStart: this.state.weekStart(),
      pxPerHour: (this.width() - 10) / (hours.to - hours.from),
      hours,
    });
  });
  protected readonly hours = computed(() => {
    const scale = this.scale();
    const step = lineStep(scale.pxPerHour, 30);
    return ticks(scale, 0, scale.width, step, step)
      .filter((it) => it.kind === 'hour')
      .map((it) => ({ x: NAME + it.x, text: String(minuteOfDay(it.at, scale.zone) / 60).padStart(2, '0') }));
  });
  protected readonly nowAt = computed(() => {
    const scale = this.scale();
    const now = this.state.now();
    return now >= scale.start && now < scale.end ? NAME + xOf(scale, now) : null;
  });
  protected readonly shown = computed(() => {
    const { first, end } = this.range();
    return this.state
      .rows()
      .slice(first, end)
      .map((row, index) => this.lineOf(row, first + index));
  });

  constructor() {
    const destroy = inject(DestroyRef);
    effect(() => this.state.look({ first: this.range().first, end: Math.min(this.range().end, this.state.rows().length) }));
    afterNextRender(() => {
      const element = this.scroll().nativeElement;
      const measure = () => this.range.set(rowsWithin(this.stack(), element.scrollTop, element.clientHeight, 2));
      const resized = new ResizeObserver(() => {
        this.width.set(element.clientWidth - NAME);
        measure();
      });
      resized.observe(element);
      element.addEventListener('scroll', measure, { passive: true });
      destroy.onDestroy(() => resized.disconnect());
    });
  }

  protected pick(order: number, event: MouseEvent): void {
    const rect = this.scroll().nativeElement.getBoundingClientRect();
    const x = event.clientX - rect.left - NAME;
    const { start } = this.scale();
    // From the keyboard, or on the name: the day as it begins.
    this.picked.emit({ order, time: event.detail === 0 || x < 0 ? start + 9 * 3_600_000 : timeAt(this.scale(), x) });
  }

  private lineOf(row: ResourceRow, order: number) {
    const scale = this.scale();
    const content = this.state.board.content(row.id)();
    const placed = placeRow(content, { scale, span: { from: 0, to: scale.width }, rowHeight: 28, leastWidth: Infinity });
    const isFree = isFreeAt(content, row.units, this.state.now()) && row.status === 'available';
    return {
      row,
      order,
      isFree,
      closed: shapeOf(placed.closed),
      blackouts: placed.blackouts,
      slivers: placed.slivers.map((it) => ({ state: it.state, shape: shapeOf(it.path) })),
      label: `${row.name}, ${this.words.text(isFree ? 'presence.free' : 'presence.busy')}`,
    };
  }
}

function shapeOf(path: string): string | null {
  return path ? `path("${path}")` : null;
}
