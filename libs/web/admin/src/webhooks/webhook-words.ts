import { Injectable, inject } from '@angular/core';
import { Formats } from '@berth/web/ui';
import { AdminWords } from '../admin-words';
import { Catalogue } from '../data/catalogue';
import { type Delivery, type Failure, failureReasons, type Health, type OfferedEvent, type Webhook } from './webhooks-api';

/** How a webhook is doing, worst first. */
export const conditions = ['disabled', 'failing', 'active', 'paused'] as const;
export type Condition = (typeof conditions)[number];

/** Below this share of successes within a day something is or was wrong. */
const GOOD_SHARE = 0.95;

export const isPoor = ({ successRate }: Health): boolean => (successRate ?? 1) < GOOD_SHARE;

/** What arrived last says that it works again, however much failed before. */
export function conditionOf({ state, health, lastDelivery }: Pick<Webhook, 'state' | 'health' | 'lastDelivery'>): Condition {
  if (state !== 'active') return state;
  const hasFailed = lastDelivery?.state === 'failed' || lastDelivery?.state === 'exhausted';
  return hasFailed || (lastDelivery?.state !== 'delivered' && isPoor(health.day)) ? 'failing' : 'active';
}

/** What one sees of a delivery: nothing goes to a webhook that is paused or disabled, whenever it would be due. */
export const shownState = ({ state, nextAttemptAt }: Pick<Delivery, 'state' | 'nextAttemptAt'>, webhook: Pick<Webhook, 'state'>) =>
  nextAttemptAt !== null && webhook.state !== 'active' ? 'halted' : state;

/** The look of a state's tag. */
export const tagOf: Readonly<Record<Condition | ReturnType<typeof shownState>, string>> = {
  active: 'free',
  delivered: 'free',
  paused: '',
  pending: 'pending',
  failing: 'error',
  disabled: 'error',
  failed: 'error',
  exhausted: 'error',
  halted: '',
};

export const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url);

/**
 * The sentences about webhooks, in the reader's language.
 * i18n: admin.webhooks.scope.* admin.webhooks.failure.* admin.webhooks.event.* admin.webhooks.group.*
 */
@Injectable({ providedIn: 'root' })
export class WebhookWords {
  private readonly words = inject(AdminWords);
  private readonly formats = inject(Formats);
  private readonly catalogue = inject(Catalogue);

  /** `Bookings, People and 2 events`; a whole group goes by its name. */
  events(events: readonly string[]): string {
    if (events.includes('*')) return this.words.text('admin.webhooks.allEvents');
    const groups = events.filter((it) => it.endsWith('.*')).map((it) => this.group(it.slice(0, -2)));
    const single = events.filter((it) => !it.endsWith('.*'));
    if (groups.length === 0 && single.length === 1) return this.event(single[0]!);
    return this.words.list([...groups, ...(single.length === 0 ? [] : [this.words.count('admin.webhooks.events.', single.length)])]);
  }

  group(group: string): string {
    const key = `admin.webhooks.group.${group}`;
    const text = this.words.text(key);
    return text === key ? group : text;
  }

  /** What happened, in words; the type itself where there are none. */
  event(type: string, offered?: OfferedEvent): string {
    const key = `admin.webhooks.event.${type.replace('.', '-')}`;
    const text = this.words.text(key);
    return text === key ? (offered?.description ?? type) : text;
  }

  /** `2 sites`, `Berlin HQ`, `Everywhere`. */
  scope({ kind, ids }: Webhook['scope']): string {
    if (kind === 'all') return this.words.text('admin.webhooks.scope.all');
    const known = kind === 'sites' ? this.catalogue.sites() : kind === 'types' ? this.catalogue.types() : [];
    const names = ids.flatMap((id) => known.find((it) => it.id === id)?.name ?? []);
    return names.length === ids.length && names.length <= 2
      ? this.words.list(names)
      : this.words.count(`admin.webhooks.scope.${kind}.`, ids.length);
  }

  /** `98 %`; a dash where nothing was sent. */
  rate({ successRate }: Health): string {
    if (successRate === null) return '–';
    // What is not all of it does not look like all of it.
    const shown = successRate < 1 ? Math.min(successRate, 0.999) : 1;
    return new Intl.NumberFormat(this.formats.language(), { style: 'percent', maximumFractionDigits: 1 }).format(shown);
  }

  /** `120 ms`, `1.2 s`. */
  time(milliseconds: number | null): string {
    if (milliseconds === null) return '–';
    const unit = milliseconds < 1000 ? 'millisecond' : 'second';
    const options = { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 } as const;
    return new Intl.NumberFormat(this.formats.language(), options).format(unit === 'second' ? milliseconds / 1000 : milliseconds);
  }

  /** `22 Nov, 06:52:03`. */
  moment(instant: string): string {
    const parts = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
    return this.formats.format(Date.parse(instant), this.formats.ownZone(), { ...parts, hourCycle: this.formats.hourCycle() });
  }

  /** Why something did not arrive, in a sentence. */
  failure(failure: Pick<Failure, 'reason'> & { readonly detail?: string | null }, status: number | null): string {
    if (!failureReasons.includes(failure.reason)) return failure.detail ?? failure.reason;
    return this.words.text(`admin.webhooks.failure.${failure.reason}`, { status });
  }
}
