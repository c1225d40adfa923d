import { Component, computed, inject, input } from '@angular/core';
import { ServerClock, Session } from '@berth/web/data';
import type { OtherTimes, Slot } from '../data/find-api';
import { isMine, isTaken } from '../data/free-time';
import { FindActs } from '../find-acts';
import { FindDays } from '../find-days';
import { FindState, onWire } from '../find-state';
import { FindWords } from '../find-words';
import { clockStart, type Span } from '../query/wish';
import { ResultStrip } from './result-strip';

/** Something that matches but is not free then, with the nearest times it is. */
@Component({
  selector: 'berth-other-row',
  imports: [ResultStrip],
  template: `
    <div class="what">
      <p class="name">
        <b>{{ resource().name }}</b> <span class="muted">{{ words.size(resource()) }}</span>
      </p>
      @if (words.about(resource()); as about) {
        <small class="muted ellipsis" [title]="about">{{ about }}</small>
      }
    </div>
    <div class="day">
      <berth-result-strip
        [name]="resource().name"
        [day]="day()"
        [row]="state.catalogue()?.rows?.get(resource().id)"
        [shown]="days.shown()"
        [wanted]="wanted()"
        [fits]="false"
        [zone]="resource().timeZone"
        (started)="startAt($event)"
      />
    </div>
    <div class="do">
      <div class="acts" role="group" [attr.aria-label]="words.text('otherTimesOf', { name: resource().name })">
        @for (slot of slots(); track slot.start) {
          <button
            #button
            type="button"
            class="btn small"
            [attr.aria-label]="words.text('book', { time: range(slot) }) + ', ' + resource().name"
            (click)="acts.open(resource(), slot, button)"
          >
            {{ short(slot) }}
          </button>
        }
        @if (mayWait()) {
          <button
            type="button"
            class="btn small"
            [disabled]="waits()"
            [attr.aria-label]="waitText() + ', ' + resource().name + ', ' + range(slot())"
            (click)="acts.wait(resource(), slot())"
          >
            {{ waitText() }}
          </button>
        }
      </div>
      @if (isOwn()) {
        <small class="muted">{{ words.text('yours') }}</small>
      }
    </div>
  `,
  styleUrl: './result-row.css',
})
export class OtherRow {
  private readonly session = inject(Session);
  private readonly now = inject(ServerClock).minute;
  protected readonly acts = inject(FindActs);
  protected readonly days = inject(FindDays);
  protected readonly state = inject(FindState);
  protected readonly words = inject(FindWords);

  readonly other = input.required<OtherTimes>();
  protected readonly resource = computed(() => this.other().resource);
  protected readonly day = computed(() => this.days.of(this.resource().id));
  protected readonly wanted = computed<Span>(() => this.state.wish().span);
  protected readonly isOwn = computed(() => {
    const day = this.day();
    return day !== undefined && isMine(day, this.wanted());
  });

  /** The nearest ones; fewer beside the waitlist. */
  protected readonly slots = computed(() => this.other().slots.slice(0, this.mayWait() ? 2 : 3));
  /** The time that was asked for. */
  protected readonly slot = computed<Slot>(() => ({ start: onWire(this.wanted().start), end: onWire(this.wanted().end) }));
  protected readonly waits = computed(() => this.acts.waiting().has(this.acts.keyOf(this.resource(), this.slot())));
  protected readonly waitText = computed(() => this.words.text(this.waits() ? 'wait.waiting' : 'wait.join'));
  /** Somebody else has the time that was asked for: it may become free. */
  protected readonly mayWait = computed(() => {
    const day = this.day();
    const row = this.state.catalogue()?.rows.get(this.resource().id);
    const isExact = this.state.query().flex === 'exact' && this.wanted().start > this.now();
    return isExact && this.session.may('reservation:create') && day !== undefined && !this.isOwn() && isTaken(day, row, this.wanted());
  });

  protected range(slot: Slot): string {
    return this.words.range(slot, this.resource().timeZone, this.state.wish().date);
  }

  protected short(slot: Slot): string {
    const range = this.range(slot);
    return range.includes(',') ? range.replace(/–.*$/, '') : this.words.time(slot.start, this.resource().timeZone);
  }

  protected startAt(moment: number): void {
    this.state.go({ ...clockStart(moment, this.state.zone()), flex: 'exact' }, { replaces: true });
  }
}
