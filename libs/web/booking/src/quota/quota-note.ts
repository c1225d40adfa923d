import { Component, computed, inject, input, resource } from '@angular/core';
import { Session } from '@berth/web/data';
import { Formats, Icon, UsageBar } from '@berth/web/ui';
import type { BookingForm } from '../form/booking-form';
import { BookingWords } from '../form/booking-words';
import { isAbout, OwnQuotas } from './own-quotas';
import { QuotaWords } from './quota-words';

/** What one has used of the quota that is nearest its end here; nothing where none counts, or where the booking is somebody else's. */
@Component({
  selector: 'berth-quota-note',
  imports: [Icon, UsageBar],
  template: `
    @if (nearest(); as it) {
      <p class="note">
        <svg berthIcon="timer"></svg>
        <span class="words">
          <b>{{ it.name }}</b>{{ ': ' + quotas.used(it) }}
          @if (frees(); as text) {
            {{ text }}
          }
        </span>
        @if (it.limit && isNow()) {
          <berth-usage-bar [label]="it.name" [used]="it.used" [limit]="it.limit" [text]="quotas.used(it)" />
        }
      </p>
    }
  `,
  styles: `
    :host {
      display: contents;
    }
    .note {
      align-items: center;
    }
    svg {
      flex: none;
    }
    .words {
      flex: 1;
    }
    berth-usage-bar {
      width: 80px;
    }
  `,
})
export class QuotaNote {
  private readonly api = inject(OwnQuotas);
  private readonly session = inject(Session);
  private readonly formats = inject(Formats);
  private readonly words = inject(BookingWords);
  protected readonly quotas = inject(QuotaWords);

  readonly form = input.required<BookingForm>();

  /** Only told: who books without knowing it is refused by the server all the same. */
  private readonly own = resource({ loader: () => this.api.all().catch(() => []) });
  protected readonly nearest = computed(() => {
    const { wish } = this.form();
    const [person, thing] = [wish.person(), wish.resource()];
    if (thing === null || (person !== null && person.id !== this.session.user()?.id) || !this.own.hasValue()) return null;
    return this.own.value().find((it) => it.limit !== null && isAbout(it, thing)) ?? null;
  });
  /** Whether the booking falls into the time that is counted now; of another week it is not known what is used. */
  protected readonly isNow = computed(() => {
    const [quota, span] = [this.nearest(), this.form().wish.span()];
    return !quota?.freesAt || span === null || span.start < Date.parse(quota.freesAt);
  });
  protected readonly said = computed(() => {
    const quota = this.nearest();
    if (quota === null) return '';
    if (this.isNow()) return this.quotas.used(quota);
    return this.words.text('booking.quota.most', { limit: this.quotas.limit({ ...quota, limit: quota.limit ?? 0 }) });
  });
  protected readonly frees = computed(() => {
    const quota = this.nearest();
    if (!this.isNow() || !quota?.freesAt || quota.limit === null || quota.used < quota.limit) return null;
    return this.words.text('booking.quota.frees', { when: this.formats.date(quota.freesAt, this.formats.ownZone(), 'medium') });
  });
}
