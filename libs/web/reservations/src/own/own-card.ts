import { Component, computed, inject, input, linkedSignal, signal } from '@angular/core';
import type { OwnResourceResponse } from '@berth/api-client';
import { addDays, startOfDay, toCivil } from '@berth/kernel';
import { BookingWords } from '@berth/web/booking';
import { ProblemMessages, ServerClock, toProblem } from '@berth/web/data';
import { Formats, Icon, Toasts } from '@berth/web/ui';
import { OwnApi } from './own-api';

const DAYS = 7;

/** A day that others have reserved something of, about to be taken back. */
interface Asked {
  readonly day: string;
  readonly staying: number;
}

/** Something that is the person's own, with the days to come: each is shared with a press, and taken back with another. i18n: reservations.own.* */
@Component({
  selector: 'berth-own-card',
  imports: [Icon],
  host: { class: 'card' },
  template: `
    <h2><svg berthIcon="user-round" [size]="18"></svg>{{ words.text('reservations.own.title', { name: own().resource.name }) }}</h2>
    <p class="muted">{{ about() }}</p>
    <div class="week" role="group" [attr.aria-label]="words.text('reservations.own.week')">
      @for (it of days(); track it.day) {
        <button
          type="button"
          class="day"
          [class.shared]="it.isShared"
          [attr.aria-pressed]="it.isShared"
          [disabled]="saving() !== null"
          (click)="toggle(it.day, it.isShared)"
        >
          <span>{{ it.weekday }}</span>&ngsp;<b>{{ it.number }}</b
          >&ngsp;<small>{{ words.text(it.isShared ? 'reservations.own.shared' : 'reservations.own.yours') }}</small
          ><span class="visually-hidden">{{ it.long }}</span>
        </button>
      }
    </div>
    <div role="status">
      @if (asked(); as it) {
        <div class="ask">
          <p>{{ words.count('reservations.own.staying.', it.staying, { day: dayOf(it.day) }) }}</p>
          <button type="button" class="btn" (click)="takeBack(it.day)">{{ words.text('reservations.own.takeBack') }}</button>
          <button type="button" class="btn ghost" (click)="asked.set(null)">{{ words.text('reservations.own.leave') }}</button>
        </div>
      }
    </div>
  `,
  styleUrl: './own-card.css',
})
export class OwnCard {
  private readonly api = inject(OwnApi);
  private readonly formats = inject(Formats);
  private readonly toasts = inject(Toasts);
  private readonly messages = inject(ProblemMessages);
  private readonly now = inject(ServerClock).minute;
  protected readonly words = inject(BookingWords);

  readonly own = input.required<OwnResourceResponse>();

  private readonly shared = linkedSignal<readonly string[]>(() => this.own().sharedDays);
  protected readonly saving = signal<string | null>(null);
  protected readonly asked = signal<Asked | null>(null);
  protected readonly about = computed(() => {
    const { place, until, resource } = this.own();
    const end = until && this.words.text('reservations.own.until', { day: this.formats.date(Date.parse(until), resource.timeZone) });
    return [place, end, this.words.text('reservations.own.hint')].filter(Boolean).join(' · ');
  });
  protected readonly days = computed(() => {
    const zone = this.own().resource.timeZone;
    const today = toCivil(new Date(this.now()), zone).date;
    return Array.from({ length: DAYS }, (_, i) => {
      const day = addDays(today, i);
      const at = startOfDay(day, zone).getTime();
      const isShared = this.shared().includes(day);
      const state = this.words.text(isShared ? 'reservations.own.sharedLong' : 'reservations.own.yoursLong');
      return {
        ...{ day, isShared, long: `${this.formats.date(at, zone, 'long')}: ${state}` },
        weekday: this.formats.format(at, zone, { weekday: 'short' }),
        number: this.formats.format(at, zone, { day: 'numeric' }),
      };
    });
  });

  protected dayOf(day: string): string {
    const { timeZone } = this.own().resource;
    return this.formats.date(startOfDay(day, timeZone).getTime(), timeZone);
  }

  /** Shares a day, or takes it back; what others have then is asked about first. */
  protected async toggle(day: string, isShared: boolean): Promise<void> {
    const { id } = this.own().resource;
    await this.saved(day, async () => {
      if (!isShared) {
        this.shared.set((await this.api.share(id, day)).sharedDays);
        return;
      }
      const { staying } = await this.api.takeBack(id, day, true);
      if (staying.total > 0) this.asked.set({ day, staying: staying.total });
      else this.shared.set((await this.api.takeBack(id, day, false)).sharedDays);
    });
  }

  protected async takeBack(day: string): Promise<void> {
    await this.saved(day, async () => this.shared.set((await this.api.takeBack(this.own().resource.id, day, false)).sharedDays));
  }

  private async saved(day: string, work: () => Promise<void>): Promise<void> {
    this.saving.set(day);
    this.asked.set(null);
    await work().catch((error: unknown) => this.toasts.failed(this.messages.title(toProblem(error))));
    this.saving.set(null);
  }
}
