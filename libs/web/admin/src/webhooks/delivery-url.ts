import { formatInstant, toInstant, toLocal } from '@berth/kernel';
import type { ParamMap } from '@angular/router';
import type { DeliveryFilter, DeliveryState } from './webhooks-api';

/** What a list of deliveries is about; `problems` are those that did not arrive. */
export const deliveryViews = ['all', 'problems', 'pending', 'delivered'] as const;
export type DeliveryView = (typeof deliveryViews)[number];

const statesOf: Readonly<Record<DeliveryView, readonly DeliveryState[]>> = {
  all: [],
  problems: ['failed', 'exhausted'],
  pending: ['pending'],
  delivered: ['delivered'],
};

/** A filter as it stands in the address. */
export interface DeliveryQuery {
  readonly show: DeliveryView;
  readonly event: string | null;
  readonly resource: string | null;
  /** RFC 3339, as `to` is. */
  readonly from: string | null;
  readonly to: string | null;
}

export function queryOf(params: ParamMap): DeliveryQuery {
  const instant = (name: string): string | null => {
    const text = params.get(name);
    return text !== null && !Number.isNaN(Date.parse(text)) ? new Date(text).toISOString() : null;
  };
  return {
    show: deliveryViews.find((it) => it === params.get('show')) ?? 'all',
    event: params.get('event'),
    resource: params.get('resource'),
    from: instant('from'),
    to: instant('to'),
  };
}

export const filterOf = ({ show, event, resource, from, to }: DeliveryQuery): DeliveryFilter => ({
  state: statesOf[show],
  event,
  resourceId: resource,
  from,
  to,
});

/** How many filters stand besides what the list is about. */
export const countOf = ({ event, resource, from, to }: DeliveryQuery): number =>
  [event, resource, from, to].filter((it) => it !== null).length;

/** An instant as the value of a `datetime-local` field, by the clock of a zone; empty for none. */
export const fieldOf = (instant: string | null, zone: string): string =>
  instant === null ? '' : toLocal(new Date(instant), zone).slice(0, 16);

/** The other way; null for an empty field. */
export const instantOf = (text: string, zone: string): string | null => (text === '' ? null : formatInstant(toInstant(text, zone).instant));
