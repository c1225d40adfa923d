import { Component, computed, inject, input } from '@angular/core';
import { Formats, Icon } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import type { LogEntry } from '../log-entry';
import { AuditWords } from '../words/audit-words';
import { ChangeTable } from '../words/change-table';

/** Events as sentences under their days; what one changed is unfolded. */
@Component({
  selector: 'berth-event-list',
  imports: [ChangeTable, Icon, TranslatePipe],
  template: `
    @for (day of days(); track day.name) {
      <p>{{ day.name }}</p>
      <ol [attr.aria-label]="day.name">
        @for (entry of day.entries; track entry.id) {
          <li>
            <time [attr.datetime]="entry.at">{{ timeOf(entry) }}</time>
            <div class="what">
              @if (entry.changes.length > 0) {
                <details>
                  <summary>
                    <span>{{ words.sentence(entry) }}</span>
                    <svg berthIcon="chevron-down" [size]="14"></svg>
                  </summary>
                  <berth-change-table [entry]="entry" />
                </details>
              } @else {
                <span>{{ words.sentence(entry) }}</span>
              }
              @if (showsOrigin()) {
                @if (originOf(entry); as origin) {
                  <small class="muted">{{ origin }}</small>
                }
              }
              @if (entry.outcome === 'refused') {
                <span class="tag error">{{ 'audit.outcome.refused' | translate }}</span>
              }
            </div>
          </li>
        }
      </ol>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 8px;
      min-width: 0;
    }
    p {
      margin: 6px 0 0;
      font-size: 13px;
      font-weight: 550;
      color: var(--muted);
    }
    ol {
      margin: 0;
      padding: 0;
      list-style: none;
    }
    li {
      display: grid;
      grid-template-columns: 52px minmax(0, 1fr);
      gap: 8px;
      padding: 8px 0;
      border-top: 1px solid var(--line);
      font-size: 13px;
      line-height: 20px;
    }
    time {
      color: var(--muted);
      font-variant-numeric: tabular-nums;
    }
    .what {
      display: grid;
      justify-items: start;
      gap: 2px;
      min-width: 0;
      overflow-wrap: anywhere;
    }
    details {
      width: 100%;
      min-width: 0;
    }
    summary {
      display: flex;
      align-items: flex-start;
      gap: 6px;
      min-height: 24px;
      cursor: pointer;
      list-style: none;
    }
    summary::-webkit-details-marker {
      display: none;
    }
    summary svg {
      flex: none;
      margin-top: 3px;
      color: var(--muted);
      transition: transform var(--exit) var(--ease);
    }
    details[open] summary svg {
      transform: rotate(180deg);
    }
    berth-change-table {
      margin: 6px 0 4px;
    }
    @media (max-width: 719px) {
      summary {
        min-height: 44px;
        align-items: center;
      }
    }
  `,
})
export class EventList {
  private readonly formats = inject(Formats);
  protected readonly words = inject(AuditWords);

  /** Newest first. */
  readonly entries = input.required<readonly LogEntry[]>();
  /** Through what it came, and from where. */
  readonly showsOrigin = input(false);

  protected readonly days = computed(() => {
    const byDay = Map.groupBy(this.entries(), (it) => this.formats.date(it.at, this.formats.ownZone(), 'full'));
    return [...byDay].map(([name, entries]) => ({ name, entries }));
  });

  protected timeOf({ at }: LogEntry): string {
    return this.formats.time(at, this.formats.ownZone());
  }

  protected originOf(entry: LogEntry): string {
    return [entry.via === null ? '' : this.words.via(entry), entry.address].filter(Boolean).join(' · ');
  }
}
