import type { Payload } from '../message/message';
import type { Scope } from './scope';

export const states = ['active', 'paused', 'disabled'] as const;
export type WebhookState = (typeof states)[number];

export const disabledReasons = ['gone', 'failing'] as const;
export type DisabledReason = (typeof disabledReasons)[number];

/** One organization has so many at most: each event is looked at for each of them. */
export const WEBHOOKS_AT_MOST = 100;

/** A header of one's own on every request, for receivers that ask for one. */
export interface OwnHeader {
  readonly name: string;
  readonly value: string;
}

/** Stands for the value of a header in answers; sent back it means the value there is. */
export const MASK = '••••••••';

/** What somebody says of a webhook. */
export interface WebhookSettings {
  readonly name: string;
  readonly url: string;
  /** Event types; `object.*` takes all of an object, `*` all. */
  readonly events: readonly string[];
  readonly scope: Scope;
  readonly payload: Payload;
  readonly headers: readonly OwnHeader[];
  readonly state: WebhookState;
}

/** How deliveries went, by attempts. */
export interface Health {
  readonly delivered: number;
  readonly failed: number;
  /** 0 to 1; null when nothing was sent. */
  readonly successRate: number | null;
  /** 95th percentile of the time to an answer, or to giving up. */
  readonly p95Ms: number | null;
}

/** A webhook as those who look after it see it; secrets and values of headers are never shown. */
export interface Webhook extends WebhookSettings {
  readonly id: string;
  readonly disabledReason: DisabledReason | null;
  readonly secrets: readonly { readonly id: string; readonly createdAt: string; readonly expiresAt: string | null }[];
  readonly health: { readonly day: Health; readonly week: Health };
  readonly lastDelivery: { readonly at: string; readonly state: string; readonly status: number | null } | null;
  readonly createdAt: string;
  readonly version: number;
}

/** Where secrets and headers lie; also the places their seals are bound to. */
export const secretPlace = (id: string): string => `webhook_secret/${id}/secret`;
export const headersPlace = (id: string): string => `webhook/${id}/headers`;
