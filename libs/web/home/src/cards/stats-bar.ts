import { Component, computed, inject } from '@angular/core';
import { PreferencesStore } from '@berth/web/data';
import { ErrorPanel, Skeleton } from '@berth/web/ui';
import { HomeWords } from '../home-words';
import { UsualPlaces } from '../usual/usual-places';

const HIGHEST = 20;

/** How one books, in five figures. */
@Component({
  selector: 'berth-stats-bar',
  imports: [ErrorPanel, Skeleton],
  host: { class: 'card' },
  template: `
    <h2 class="visually-hidden">{{ words.text('stats.title') }}</h2>
    @if (usual.statsProblem(); as problem) {
      <berth-error-panel [problem]="problem" (retry)="usual.load()" />
    } @else if (figures(); as it) {
      <dl>
        <div>
          <dt>{{ words.text('stats.week') }}</dt>
          <dd>{{ it.week }}</dd>
          <dd class="sub">{{ it.weekNote }}</dd>
        </div>
        <div>
          <dt>{{ words.text('stats.month', { month: it.month }) }}</dt>
          <dd>{{ it.monthHours }}</dd>
          <dd class="sub">{{ it.lastMonth }}</dd>
        </div>
        <div>
          <dt>{{ words.text('stats.bookings') }}</dt>
          <dd>{{ it.bookings }}</dd>
          <dd class="sub">{{ it.toCome }}</dd>
        </div>
        <div>
          <dt>{{ words.text('stats.busiest') }}</dt>
          <dd class="days">
            {{ it.busiest }}
            <span class="bars" role="img" [attr.aria-label]="it.weekWords">
              @for (bar of it.bars; track bar.day) {
                <i [class.on]="bar.isMost" [style.height.px]="bar.height"></i>
              }
            </span>
          </dd>
          <dd class="sub">{{ words.text('stats.days') }}</dd>
        </div>
        <div>
          <dt>{{ words.text('stats.favourite') }}</dt>
          <dd class="place">{{ it.favourite }}</dd>
          <dd class="sub">{{ it.favouriteNote }}</dd>
        </div>
      </dl>
    } @else {
      <berth-skeleton [rows]="1" [height]="72" />
    }
  `,
  styles: `
    dl {
      display: grid;
      grid-template-columns: repeat(5, minmax(0, 1fr));
    }
    dl > div {
      min-width: 0;
      padding: 12px 16px;
      border-left: 1px solid var(--line);
    }
    dl > div:first-child {
      border-left: 0;
    }
    dt,
    .sub {
      color: var(--muted);
      font-size: 12px;
      line-height: 16px;
      font-weight: 400;
    }
    dd {
      font-size: 20px;
      line-height: 26px;
      font-weight: 650;
      letter-spacing: -0.01em;
      font-variant-numeric: tabular-nums;
    }
    .sub {
      letter-spacing: 0;
    }
    .place {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .days {
      display: flex;
      align-items: flex-end;
      gap: 12px;
    }
    .bars {
      display: flex;
      align-items: flex-end;
      gap: 3px;
      height: 22px;
    }
    .bars i {
      width: 8px;
      border-radius: 2px 2px 0 0;
      background: var(--busy-edge);
      opacity: var(--dim);
    }
    .bars i.on {
      background: var(--accent);
      opacity: 1;
    }
    berth-error-panel,
    berth-skeleton {
      margin: 12px 16px;
    }
    @media (max-width: 719px) {
      dl {
        grid-template-columns: 1fr 1fr;
      }
      dl > div {
        padding: 12px;
        border-left: 0;
        border-top: 1px solid var(--line);
      }
      dl > div:nth-child(-n + 2) {
        border-top: 0;
      }
      dl > div:nth-child(even) {
        border-left: 1px solid var(--line);
      }
      dl > div:last-child {
        grid-column: 1 / 3;
      }
    }
  `,
})
export class StatsBar {
  private readonly preferences = inject(PreferencesStore);
  protected readonly usual = inject(UsualPlaces);
  protected readonly words = inject(HomeWords);

  protected readonly figures = computed(() => {
    const stats = this.usual.stats();
    if (stats === null) return null;
    const { words } = this;
    const zone = this.preferences.timeZone();
    const { week, month, lastMonth, busiestWeekday, weekdayMinutes } = stats;
    const [favourite] = stats.usual;
    const most = Math.max(1, ...weekdayMinutes);
    const order = Array.from({ length: 7 }, (_, i) => ((this.preferences.weekStart() - 1 + i) % 7) + 1);
    return {
      week: words.hours(week.minutes),
      weekNote: words.counted('stats.ofBookings', week.bookings),
      month: words.month(month.from, zone),
      monthHours: words.hours(month.minutes),
      lastMonth: words.text('stats.before', { hours: words.hours(lastMonth.minutes), month: words.month(lastMonth.from, zone) }),
      bookings: month.bookings,
      toCome: [words.text('stats.toCome', { count: month.toCome }), month.noShows > 0 ? words.counted('stats.missed', month.noShows) : null]
        .filter(Boolean)
        .join(' · '),
      busiest: busiestWeekday === null ? '–' : words.weekday(busiestWeekday),
      bars: order.map((day) => ({
        day,
        isMost: day === busiestWeekday,
        height: Math.max(2, Math.round((weekdayMinutes[day - 1]! / most) * HIGHEST)),
      })),
      weekWords: order.map((day) => `${words.weekday(day)} ${words.hours(weekdayMinutes[day - 1]!)}`).join(', '),
      favourite: favourite?.name ?? '–',
      favouriteNote:
        favourite === undefined ? '' : `${words.counted('stats.times', favourite.bookings)}, ${words.hours(favourite.minutes)}`,
    };
  });
}
