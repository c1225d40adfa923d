import { Component, computed, inject, input } from '@angular/core';
import { ServerClock } from '@berth/web/data';
import { Formats } from '@berth/web/ui';
import { stateOf } from '../rows/bar';
import type { ResourceRow } from '../rows/catalogue';
import { placeRow, type PlacedBar, type Placing } from '../rows/place-row';
import { isFreeAt, unitsInUse } from '../rows/row-board';
import { isKnown, TimelineState } from '../timeline-state';
import { TimelineWords } from '../timeline-words';

/** What the dot of a row says about right now. */
type Presence = 'free' | 'busy' | 'mine' | 'assigned' | 'down' | 'closed' | 'unknown';

/** Narrower holds only say whose they are. */
const COUNTDOWN_FROM = 116;

/** Where the keyboard cursor stands in a row, pixels. */
export interface CursorBox {
  readonly x: number;
  readonly width: number;
  readonly column: number;
  readonly label: string;
}

/**
 * One resource: its header and its bars. Renders again only when its own content, the scale or the language changes; the
 * bars have no bindings to events, the grid finds them by where the pointer is.
 */
@Component({
  selector: 'berth-timeline-row',
  host: {
    role: 'row',
    '[attr.aria-rowindex]': 'rowIndex()',
    '[class.child]': 'row().depth > 0',
    '[class.down]': "row().status === 'maintenance'",
  },
  templateUrl: './timeline-row.html',
  styleUrl: './timeline-row.css',
})
export class TimelineRow {
  private readonly state = inject(TimelineState);
  private readonly words = inject(TimelineWords);
  private readonly formats = inject(Formats);
  private readonly clock = inject(ServerClock);

  readonly row = input.required<ResourceRow>();
  readonly rowIndex = input.required<number>();
  readonly placing = input.required<Placing>();
  /** Renewed each second while a hold is in view. */
  readonly second = input.required<number>();
  readonly cursor = input<CursorBox | null>(null);

  private readonly content = computed(() => this.state.board.content(this.row().id)());
  protected readonly selected = computed(() => this.state.query().selected);
  protected readonly placed = computed(() => placeRow(this.content(), this.placing()));
  protected readonly closed = computed(() => shapeOf(this.placed().closed));
  protected readonly unknown = computed(() => shapeOf(this.placed().unknown));
  protected readonly slivers = computed(() => this.placed().slivers.map((it) => ({ state: it.state, shape: shapeOf(it.path) })));
  protected readonly bars = computed(() => {
    const selected = this.selected();
    return this.placed().bars.map((it) => {
      const text = it.hasText ? this.textOf(it) : null;
      return { ...it, text, look: lookOf(it, it.id === selected), label: this.words.barName(it.bar, this.row(), text) };
    });
  });
  protected readonly presence = computed<Presence>(() => {
    const now = this.state.now();
    const content = this.content();
    if (this.row().status !== 'available') return 'down';
    if (!isKnown(content, { start: now, end: now + 1 })) return 'unknown';
    const blocked = content.blackouts.filter((it) => it.start <= now && now < it.end);
    if (blocked.some((it) => !it.assigned)) return 'down';
    if (content.closed.some((it) => it.start <= now && now < it.end)) return 'closed';
    if (content.bars.some((it) => it.mine && stateOf(it) !== 'held' && it.start <= now && now < it.end)) return 'mine';
    if (blocked.length > 0) return 'assigned';
    return isFreeAt(content, this.row().units, now) ? 'free' : 'busy';
  });
  protected readonly presenceWord = computed(() => this.words.text(`presence.${this.presence()}`));
  protected readonly about = computed(() => {
    const { units } = this.row();
    const free = units > 1 && this.presence() !== 'unknown' ? Math.max(0, units - unitsInUse(this.content(), this.state.now())) : null;
    const about = this.words.about(this.row(), free);
    const { zone } = this.row();
    // Its own clock shows something else than the axis.
    return zone === this.state.zone() ? about : [this.formats.offset(zone, this.state.scale().start), about].filter(Boolean).join(' · ');
  });
  /** Percent of the open time shown that is booked. */
  protected readonly utilisation = computed(() => this.state.utilisation([this.row()]));
  protected readonly utilisationWord = computed(() => this.words.text('utilisation', { percent: this.utilisation() }));
  protected readonly blackouts = computed(() => this.placed().blackouts.map((it) => ({ ...it, text: this.words.blackout(it) })));

  private textOf(placed: PlacedBar): string {
    const { bar } = placed;
    const seconds = bar.expiresAt !== null ? (bar.expiresAt - (this.second(), this.clock.now())) / 1000 : null;
    const text = this.words.bar(
      bar,
      this.state.zone(),
      placed.cutEnd,
      seconds !== null && seconds > 0 && placed.width > COUNTDOWN_FROM ? seconds : null,
    );
    return bar.through?.name ? `${text} (${bar.through.name})` : text;
  }
}

function shapeOf(path: string): string | null {
  return path ? `path("${path}")` : null;
}

/** One class attribute for everything, because hundreds of bars are checked together. */
function lookOf(it: PlacedBar, isSelected: boolean): string {
  const marks = [
    it.isMine && 'own',
    it.height < 18 && 'low',
    it.cutStart && 'cut-start',
    it.cutEnd && 'cut-end',
    it.before > 0 && 'tail-before',
    it.after > 0 && 'tail-after',
    it.flashes && 'flashing',
    it.keepsText && 'keeps-text',
    isSelected && 'selected',
  ];
  return ['bar', it.state, ...marks.filter(Boolean)].join(' ');
}
