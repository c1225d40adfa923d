import {
  Component,
  type ElementRef,
  afterNextRender,
  computed,
  effect,
  inject,
  input,
  linkedSignal,
  output,
  untracked,
  viewChild,
} from '@angular/core';
import { formatInstant } from '@berth/kernel';
import { Booking } from '@berth/web/booking';
import { ServerClock } from '@berth/web/data';
import { Formats, Icon, Tooltip } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { snapDown, snapUp } from '../drag/draft';
import { judgeDraft } from '../drag/judge-draft';
import { fittingEnd } from '../grid/grid-cursor';
import type { Span } from '../rows/bar';
import type { ResourceRow } from '../rows/catalogue';
import { placeRow, type PlacedBar } from '../rows/place-row';
import { defaultLength } from '../time/default-length';
import { ticks } from '../time/ticks';
import { timeAt, timeScale, xOf } from '../time/time-scale';
import { TimelineState } from '../timeline-state';
import { TimelineWords } from '../timeline-words';

const PX_PER_HOUR = 60;
const COLUMN = 268;
const SWIPE = 56;
const LONG_PRESS_MS = 450;
const SLOP = 10;
const MINUTE = 60_000;

/** A slot somebody has tapped, with what the rules say about it. */
interface Chosen extends Span {
  readonly refusal: string | null;
}

/** One resource, one day, from top to bottom. A tap chooses a slot, a long press books it, a swipe turns to the next resource. */
@Component({
  selector: 'berth-resource-day',
  imports: [Icon, Tooltip, TranslatePipe],
  templateUrl: './resource-day.html',
  styleUrl: './resource-day.css',
})
export class ResourceDay {
  private readonly state = inject(TimelineState);
  private readonly words = inject(TimelineWords);
  private readonly formats = inject(Formats);
  private readonly clock = inject(ServerClock);
  private readonly booking = inject(Booking);
  private readonly scroll = viewChild.required<ElementRef<HTMLElement>>('scroll');
  /** Without a time where a bar or button was pressed: it can be swiped away from, but has a meaning of its own. */
  private pressed: { readonly x: number; readonly y: number; readonly time: number | null } | null = null;
  private longPress: ReturnType<typeof setTimeout> | null = null;

  readonly row = input.required<ResourceRow>();
  readonly position = input.required<number>();
  readonly total = input.required<number>();
  /** Time to begin at, epoch milliseconds. */
  readonly at = input<number | null>(null);
  readonly turned = output<1 | -1>();

  protected readonly scale = computed(() =>
    timeScale({ view: 'day', date: this.state.date(), zone: this.row().zone, weekStart: this.state.weekStart(), pxPerHour: PX_PER_HOUR }),
  );
  private readonly content = computed(() => this.state.board.content(this.row().id)());
  protected readonly chosen = linkedSignal<unknown, Span | null>({ source: () => [this.row(), this.scale()], computation: () => null });
  protected readonly about = computed(() => [this.row().floorName, this.words.about(this.row(), null)].filter(Boolean).join(' · '));
  protected readonly hours = computed(() => {
    const scale = this.scale();
    return ticks(scale, 0, scale.width, 60, 60)
      .filter((it) => it.kind === 'hour')
      .map((it) => ({ y: it.x, text: this.formats.time(it.at, this.row().zone) }));
  });
  /** The row's places with the axes exchanged. */
  protected readonly placed = computed(() => {
    const scale = this.scale();
    const row = placeRow(this.content(), { scale, span: { from: 0, to: scale.width }, rowHeight: COLUMN, leastWidth: 0 });
    return row.bars.map((it) => ({
      ...it,
      look: `bar ${it.state}${it.id === this.state.query().selected ? ' selected' : ''}`,
      ...this.wordsOf(it),
    }));
  });
  protected readonly blocked = computed(() =>
    [
      ...this.content().closed.map((it) => ({ ...this.extent(it), kind: 'closed', reason: '' })),
      ...this.content().blackouts.map((it) => ({
        ...this.extent(it),
        kind: it.assigned ? 'busy' : 'down',
        reason: this.words.blackout(it),
      })),
    ].filter((it) => it.height > 0),
  );
  protected readonly nowAt = computed(() => {
    const { start, end } = this.scale();
    return this.state.now() >= start && this.state.now() < end ? xOf(this.scale(), this.state.now()) : null;
  });
  protected readonly slot = computed<(Chosen & { y: number; height: number; text: string }) | null>(() => {
    const span = this.chosen();
    if (!span) return null;
    const { y, height } = this.extent(span);
    return { ...span, y, height, refusal: this.refusal(span), text: this.formats.range(span.start, span.end, this.row().zone) };
  });

  constructor() {
    afterNextRender(() => this.scrollTo(this.at() ?? this.firstTime()));
    effect(() => {
      const at = this.at();
      if (at === null) return;
      untracked(() => this.choose(at));
    });
  }

  protected open(id: string): void {
    this.state.go({ selected: id });
  }

  protected down(event: PointerEvent): void {
    const time = (event.target as Element).closest('button') ? null : this.timeAt(event);
    this.pressed = { x: event.clientX, y: event.clientY, time };
    if (time === null) return;
    this.longPress = setTimeout(() => {
      this.longPress = null;
      this.pressed = null;
      navigator.vibrate?.(10);
      this.choose(time);
      void this.book();
    }, LONG_PRESS_MS);
  }

  protected move(event: PointerEvent): void {
    if (this.pressed && Math.max(Math.abs(event.clientX - this.pressed.x), Math.abs(event.clientY - this.pressed.y)) > SLOP)
      this.forgetLongPress();
  }

  protected up(event: PointerEvent): void {
    const { pressed } = this;
    this.forgetLongPress();
    this.pressed = null;
    if (!pressed) return;
    const across = event.clientX - pressed.x;
    const along = Math.abs(event.clientY - pressed.y);
    if (Math.abs(across) > SWIPE && Math.abs(across) > 2 * along) this.turned.emit(across < 0 ? 1 : -1);
    else if (pressed.time !== null && Math.abs(across) < SLOP && along < SLOP) this.choose(pressed.time);
  }

  protected cancelPress(): void {
    this.forgetLongPress();
    this.pressed = null;
  }

  protected lengthen(): void {
    const grid = this.grid();
    this.chosen.update((it) => it && { ...it, end: snapUp(grid, it.end + 1) });
  }

  protected async book(): Promise<void> {
    const slot = this.slot();
    if (!slot || slot.refusal) return;
    const { id, name, zone } = this.row();
    const outcome = await this.booking.open({
      resourceId: id,
      resourceName: name,
      timeZone: zone,
      start: formatInstant(new Date(slot.start)),
      end: formatInstant(new Date(slot.end)),
    });
    this.chosen.set(null);
    if (outcome === 'booked') await this.state.refresh(id).catch(() => undefined);
  }

  private wordsOf({ bar, cutEnd }: PlacedBar): { title: string; time: string; state: string } {
    return {
      title: this.words.bar(bar, this.row().zone, cutEnd, null),
      time: this.formats.range(bar.start, bar.end, this.row().zone),
      state: this.words.state(bar),
    };
  }

  private choose(time: number): void {
    const start = snapDown(this.grid(), time);
    const end = fittingEnd({ row: this.row(), content: this.content(), grid: this.grid(), length: defaultLength(this.row().rules) }, start);
    this.chosen.set({ start, end });
  }

  private refusal(span: Span): string | null {
    return this.words.refusal(
      judgeDraft({ row: this.row(), content: this.content(), draft: span, now: this.clock.now() }),
      this.row().zone,
    );
  }

  private grid() {
    return { step: this.row().rules.slotStep, timeZone: this.row().zone };
  }

  private extent(span: Span): { y: number; height: number } {
    const y = xOf(this.scale(), span.start);
    return { y, height: xOf(this.scale(), span.end) - y };
  }

  private timeAt(event: PointerEvent): number {
    const element = this.scroll().nativeElement;
    return timeAt(this.scale(), event.clientY - element.getBoundingClientRect().top + element.scrollTop);
  }

  private firstTime(): number {
    const { start, end } = this.scale();
    const now = this.state.now();
    return now >= start && now < end ? now - 60 * MINUTE : start + 7.5 * 60 * MINUTE;
  }

  private scrollTo(time: number): void {
    this.scroll().nativeElement.scrollTop = xOf(this.scale(), time) - 8;
  }

  private forgetLongPress(): void {
    if (this.longPress !== null) clearTimeout(this.longPress);
    this.longPress = null;
  }
}
