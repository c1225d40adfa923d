import { Problem } from '@berth/contracts';
import { newId } from '@berth/kernel';
import { brokenConstraint, type Tx } from '@berth/platform/database';
import type { Secrets } from '@berth/platform/runtime';
import { newSecret } from '../message/signature';
import { headersPlace, type OwnHeader, secretPlace, WEBHOOKS_AT_MOST, type WebhookSettings } from './webhook';

/** A webhook to be written. */
export interface WrittenWebhook {
  readonly id: string;
  readonly organizationId: string;
  readonly responsibleId: string;
  readonly settings: WebhookSettings;
}

/** @throws Problem `already-exists` when a webhook has that name, `limit-reached` when there are too many */
export async function insertWebhook(
  tx: Tx,
  secrets: Secrets,
  { id, organizationId, responsibleId, settings: it }: WrittenWebhook,
  now: Date,
): Promise<void> {
  const added = await named(tx.sql`
    insert into webhook (id, org_id, name, url, state, events, scope_kind, scope_ids, scope_descendants, payload, header_names, headers_sealed,
                         responsible_id, created_at)
    select ${id}, ${organizationId}, ${it.name}, ${it.url}, ${it.state}, ${[...it.events]}::text[], ${it.scope.kind}, ${[...it.scope.ids]}::uuid[],
           ${it.scope.descendants}, ${it.payload}, ${it.headers.map((one) => one.name)}::text[], ${sealed(secrets, id, it.headers)},
           ${responsibleId}, ${now}::timestamptz
    where (select count(*) from webhook where org_id = ${organizationId}) < ${WEBHOOKS_AT_MOST}
    returning id`);
  if (added.length === 0)
    throw new Problem('limit-reached', { limit: WEBHOOKS_AT_MOST, detail: `One organization has at most ${WEBHOOKS_AT_MOST} webhooks.` });
}

/** @throws Problem `already-exists` when another webhook has that name */
export async function updateWebhook(
  tx: Tx,
  secrets: Secrets,
  { id, organizationId, responsibleId, settings: it }: WrittenWebhook,
): Promise<void> {
  await named(tx.sql`
    update webhook
    set failing_since = case when url = ${it.url} then failing_since end, resting_until = case when url = ${it.url} then resting_until end,
        name = ${it.name}, url = ${it.url}, state = ${it.state}, events = ${[...it.events]}::text[],
        disabled_reason = case when ${it.state} = 'disabled' then disabled_reason end,
        scope_kind = ${it.scope.kind}, scope_ids = ${[...it.scope.ids]}::uuid[], scope_descendants = ${it.scope.descendants}, payload = ${it.payload},
        header_names = ${it.headers.map((one) => one.name)}::text[], headers_sealed = ${sealed(secrets, id, it.headers)},
        responsible_id = ${responsibleId}, version = version + 1
    where org_id = ${organizationId} and id = ${id}`);
}

/** Sends to it again, with a clean record. */
export async function enable(tx: Tx, organizationId: string, id: string): Promise<void> {
  await tx.sql`
    update webhook set state = 'active', disabled_reason = null, failing_since = null, resting_until = null, version = version + 1
    where org_id = ${organizationId} and id = ${id}`;
}

/**
 * Gives a webhook a new secret; the one before it signs on until `overlapEnds`, one that was ending already ends now.
 * @returns the text, which is shown once
 */
export async function renewSecret(
  tx: Tx,
  secrets: Secrets,
  webhook: { readonly id: string; readonly organizationId: string },
  now: Date,
  overlapEnds: Date,
): Promise<string> {
  const id = newId();
  const text = newSecret();
  await tx.sql`delete from webhook_secret where webhook_id = ${webhook.id} and not is_current`;
  await tx.sql`
    update webhook_secret set is_current = false, expires_at = ${overlapEnds} where webhook_id = ${webhook.id} and is_current`;
  await tx.sql`
    insert into webhook_secret (id, org_id, webhook_id, is_current, secret_sealed, created_at)
    values (${id}, ${webhook.organizationId}, ${webhook.id}, true, ${secrets.seal(text, secretPlace(id))}, ${now})`;
  return text;
}

const sealed = (secrets: Secrets, id: string, headers: readonly OwnHeader[]): Buffer | null =>
  headers.length === 0 ? null : secrets.seal(JSON.stringify(headers), headersPlace(id));

const named = <T>(writing: Promise<T>): Promise<T> =>
  writing.catch((error: unknown) => {
    if (brokenConstraint(error) !== 'webhook_name_unique') throw error;
    throw new Problem('already-exists', { errors: [{ pointer: '/name', code: 'taken', detail: 'is in use already' }] });
  });
