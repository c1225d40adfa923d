import { HttpClient, HttpParams } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import type {
  AddedWebhookResponse,
  AttemptResponse,
  DeliveryPage,
  DeliveryResponse,
  DeliveryWithAttemptsResponse,
  OfferedEventResponse,
  PostFailureResponse,
  TestReportResponse,
  WebhookResponse,
} from '@berth/api-client';
import { apiUrl, ifMatch } from '@berth/web/data';
import { firstValueFrom } from 'rxjs';

export const scopeKinds = ['all', 'sites', 'types', 'resources'] as const;
export type ScopeKind = (typeof scopeKinds)[number];
export const payloads = ['thin', 'full', 'provisioning'] as const;
export type Payload = (typeof payloads)[number];
export const deliveryStates = ['pending', 'delivered', 'failed', 'exhausted'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** Where things must happen to be told. */
export interface Scope {
  readonly kind: ScopeKind;
  readonly ids: readonly string[];
  /** Of resources also what they consist of. */
  readonly descendants: boolean;
}

export interface OwnHeader {
  readonly name: string;
  readonly value: string;
}

/** What somebody says of a webhook. */
export interface WebhookWish {
  readonly name: string;
  readonly url: string;
  /** Event types; `object.*` takes all of an object, `*` all. */
  readonly events: readonly string[];
  readonly scope: Scope;
  readonly payload: Payload;
  readonly headers: readonly OwnHeader[];
  readonly state: 'active' | 'paused';
}

export type Webhook = WebhookResponse;
/** How deliveries went; rates from 0 to 1. */
export type Health = WebhookResponse['health']['day'];
/** Something webhooks can be told of, with what is sent then. */
export type OfferedEvent = OfferedEventResponse;
/** Why something did not arrive, in a word the console knows and in the server's own. */
export type Failure = PostFailureResponse;

/** Words of `Failure.reason` there are sentences for; an address that is refused has one of them too. */
export const failureReasons = [
  ...['address-refused', 'name-unknown', 'unreachable', 'not-trusted', 'too-slow', 'too-large', 'redirected', 'gone', 'answered'],
];

/** What a test sent and got. */
export type TestOutcome = TestReportResponse;
/** One event for one webhook. */
export type Delivery = DeliveryResponse;
export type DeliverySeen = DeliveryWithAttemptsResponse;
export type Attempt = AttemptResponse;

/** Which deliveries a list has; no state is all of them. */
export interface DeliveryFilter {
  readonly state: readonly DeliveryState[];
  readonly event: string | null;
  readonly resourceId: string | null;
  readonly from: string | null;
  readonly to: string | null;
}

export interface NewSecret {
  readonly secret: string;
  /** Until when the one before it signs as well; null where there is none. */
  readonly previousExpiresAt: string | null;
}

/** Webhooks, what was sent to them, and sending it again. All reject with Problem. */
@Injectable({ providedIn: 'root' })
export class WebhooksApi {
  private readonly http = inject(HttpClient);

  async all(): Promise<readonly Webhook[]> {
    return (await firstValueFrom(this.http.get<{ data: readonly Webhook[] }>(apiUrl('/webhooks')))).data;
  }

  one(id: string): Promise<Webhook> {
    return firstValueFrom(this.http.get<Webhook>(apiUrl(`/webhooks/${id}`)));
  }

  async events(): Promise<readonly OfferedEvent[]> {
    return (await firstValueFrom(this.http.get<{ data: readonly OfferedEvent[] }>(apiUrl('/webhooks/events')))).data;
  }

  /** The answer has the secret, this once. @throws Problem `validation-failed`, `already-exists`, `permission-denied` */
  add(wish: WebhookWish): Promise<AddedWebhookResponse> {
    return this.post('/webhooks', wish);
  }

  /** @throws Problem as `add`, and `precondition-failed` */
  change({ id, version }: Webhook, patch: Partial<WebhookWish>): Promise<Webhook> {
    return firstValueFrom(this.http.patch<Webhook>(apiUrl(`/webhooks/${id}`), patch, { headers: ifMatch(version) }));
  }

  async remove({ id, version }: Webhook): Promise<void> {
    await firstValueFrom(this.http.delete(apiUrl(`/webhooks/${id}`), { headers: ifMatch(version) }));
  }

  test(id: string, event: string | null): Promise<TestOutcome> {
    return this.post(`/webhooks/${id}/test`, event === null ? {} : { event });
  }

  renewSecret(id: string): Promise<NewSecret> {
    return this.post(`/webhooks/${id}/rotate-secret`);
  }

  /** Tests first. @throws Problem `webhook-test-failed` with the outcome */
  enable(id: string): Promise<Webhook> {
    return this.post(`/webhooks/${id}/enable`);
  }

  deliveries(id: string, filter: DeliveryFilter, cursor: string | null): Promise<DeliveryPage> {
    const { state, ...others } = filter;
    let params = new HttpParams();
    if (state.length > 0) params = params.set('state', state.join(','));
    for (const [name, value] of Object.entries({ ...others, cursor })) if (value !== null) params = params.set(name, value);
    return firstValueFrom(this.http.get<DeliveryPage>(apiUrl(`/webhooks/${id}/deliveries`), { params }));
  }

  delivery(id: string, deliveryId: string): Promise<DeliverySeen> {
    return firstValueFrom(this.http.get<DeliverySeen>(apiUrl(`/webhooks/${id}/deliveries/${deliveryId}`)));
  }

  /** @returns id of the new delivery. @throws Problem `invalid-state` where nothing is sent */
  async replay(id: string, deliveryId: string): Promise<string> {
    return (await this.post<{ readonly id: string }>(`/webhooks/${id}/deliveries/${deliveryId}/replay`)).id;
  }

  /** Sends everything again that failed since then. @param since RFC 3339 */
  async replaySince(id: string, since: string): Promise<number> {
    const { count } = await this.post<{ readonly count: number }>(`/webhooks/${id}/deliveries/replay?since=${encodeURIComponent(since)}`);
    return count;
  }

  private post<T>(path: `/${string}`, body: object = {}): Promise<T> {
    return firstValueFrom(this.http.post<T>(apiUrl(path), body));
  }
}
