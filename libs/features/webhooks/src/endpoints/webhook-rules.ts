import { type FieldError, Problem } from '@berth/contracts';
import { type Actor, demand } from '@berth/platform/auth';
import { validationFailed } from '@berth/platform/http';
import type { Tx } from '@berth/platform/database';
import { FetchFailed, type SafeFetch } from '@berth/platform/outgoing';
import { isFilter, neededForAll } from '../message/event-catalogue';
import { MASK, type OwnHeader, type WebhookSettings } from './webhook';

/** What a request says anyway, or what would change what it is. */
const RESERVED =
  /^(host|content-.*|transfer-encoding|connection|keep-alive|te|trailer|upgrade|expect|proxy-.*|user-agent|accept-encoding|traceparent|webhook-.*|berth-.*)$/i;

/** Whoever sets it up may also let it be told the keys of people. @throws Problem `permission-denied` */
export function demandMayProvision(actor: Actor, ...settings: readonly Pick<WebhookSettings, 'payload'>[]): void {
  if (settings.some((it) => it.payload === 'provisioning')) demand(actor, 'webhook:provision');
}

/**
 * Whoever changes a webhook answers for it from then on. What it was told before comes with it, to be read and to be sent elsewhere: somebody
 * new takes the right to read all of that. @throws Problem `permission-denied`
 */
export function demandMayTakeOver(actor: Actor, { payload, events }: WebhookSettings, responsibleId: string | null): void {
  if (payload === 'thin' || responsibleId === actor.accountId) return;
  for (const it of neededForAll(events)) demand(actor, it);
}

/** @throws Problem `validation-failed` for events nobody tells, or headers that are ours */
export function demandConsistent({ events, headers, scope }: Pick<WebhookSettings, 'events' | 'headers' | 'scope'>): void {
  const errors: FieldError[] = [];
  events.forEach((it, n) => {
    if (!isFilter(it)) errors.push({ pointer: `/events/${n}`, code: 'unknown-event', detail: 'is none of GET /webhooks/events' });
  });
  headers.forEach(({ name }, n) => {
    if (RESERVED.test(name)) errors.push({ pointer: `/headers/${n}/name`, code: 'reserved', detail: 'is set by Berth' });
    if (headers.findIndex((it) => it.name.toLowerCase() === name.toLowerCase()) < n)
      errors.push({ pointer: `/headers/${n}/name`, code: 'twice', detail: 'stands there twice' });
  });
  if ((scope.kind === 'all') !== (scope.ids.length === 0))
    errors.push({ pointer: '/scope/ids', code: 'scope', detail: 'names what the kind says, and nothing for all' });
  if (scope.descendants && scope.kind !== 'resources')
    errors.push({ pointer: '/scope/descendants', code: 'scope', detail: 'is about resources' });
  if (errors.length > 0) throw validationFailed(errors);
}

/** @throws Problem `validation-failed` for an address nothing would be sent to */
export async function demandReachable(fetch: SafeFetch, url: string): Promise<void> {
  try {
    await fetch.check(url);
  } catch (error) {
    if (!(error instanceof FetchFailed)) throw error;
    throw validationFailed([{ pointer: '/url', code: error.reason, detail: error.message }]);
  }
}

/** @throws Problem `invalid-reference` for a site, type or resource that is not there */
export async function demandScope(tx: Tx, organizationId: string, { kind, ids }: WebhookSettings['scope']): Promise<void> {
  if (kind === 'all') return;
  const wanted = [...ids];
  const found = await {
    sites: () => tx.sql<{ id: string }>`select id from site where org_id = ${organizationId} and id = any(${wanted}::uuid[])`,
    types: () => tx.sql<{ id: string }>`select id from resource_type where org_id = ${organizationId} and id = any(${wanted}::uuid[])`,
    resources: () => tx.sql<{ id: string }>`select id from resource where org_id = ${organizationId} and id = any(${wanted}::uuid[])`,
  }[kind]();
  const known = new Set(found.map((it) => it.id));
  const errors = wanted.flatMap((id, n) =>
    known.has(id) ? [] : [{ pointer: `/scope/ids/${n}`, code: 'unknown-id', detail: 'is none of yours' }],
  );
  if (errors.length > 0) throw new Problem('invalid-reference', { errors });
}

/** Headers as they are from now on: the mask stands for the value there was. @throws Problem `validation-failed` where there was none */
export function unmasked(wanted: readonly OwnHeader[], current: readonly OwnHeader[]): OwnHeader[] {
  return wanted.map(({ name, value }, n) => {
    if (value !== MASK) return { name, value };
    const kept = current.find((it) => it.name.toLowerCase() === name.toLowerCase());
    if (!kept) throw validationFailed([{ pointer: `/headers/${n}/value`, code: 'required', detail: 'was never given' }]);
    return { name, value: kept.value };
  });
}
