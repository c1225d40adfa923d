import { writeSshPublicKey } from '@berth/people';
import { may } from '@berth/platform/auth';
import type { Sql } from '@berth/platform/database';
import type { LogEntry } from '@berth/platform/outbox';
import type { Viewer } from '../deliveries/audience';
import type { Facts } from '../message/message';

/** More keys than go into a message are left out, oldest first. */
const KEYS_BYTES = 10_000;

interface Row {
  id: string;
  username: string;
  display_name: string;
  email: string;
  custom_fields: Facts;
  time_zone: string;
  resources: Facts[];
}

interface KeyRow {
  algorithm: string;
  blob: Buffer;
  comment: string;
}

/**
 * What setting up takes, for reservations that begin and end: whose it is with their public keys, what they answered, and what is booked.
 * @returns what to add to the facts, from the fullest to the smallest; nothing for other events
 */
export async function forProvisioners(db: Sql, viewer: Viewer, { type, subject, organizationId }: LogEntry): Promise<Facts[]> {
  if (type !== 'reservation.started' && type !== 'reservation.ended') return [];
  if (!may(viewer, 'webhook:provision')) return [];
  const [, reservationId = ''] = subject.split('/');
  const [row] = await db.sql<Row>`
    select a.id, a.username, a.display_name, a.email, v.custom_fields, v.time_zone, (
      select jsonb_agg(jsonb_build_object(
               'id', r.id, 'name', r.name, 'externalId', r.external_id, 'type', jsonb_build_object('id', t.id, 'key', t.key, 'name', t.name),
               'siteId', r.site_id, 'location', r.location, 'description', r.description, 'capacity', r.capacity, 'units', r.units, 'tags', r.tags,
               'quantity', i.quantity) order by r.id)
      from reservation_item i join resource r on r.id = i.resource_id join resource_type t on t.id = r.type_id
      where i.reservation_id = v.id) as resources
    from reservation v join account a on a.org_id = v.org_id and a.id = v.organizer_id
    where v.org_id = ${organizationId} and v.id = ${reservationId}`;
  if (!row) return [];
  const person = {
    ...{ id: row.id, username: row.username, displayName: row.display_name, email: row.email },
    sshKeys: await keysOf(db, organizationId, row.id),
  };
  const { time_zone: timeZone, custom_fields: customFields, resources } = row;
  return [
    { person, timeZone, customFields, resources },
    { person, timeZone, resources: resources.map(({ id, name, externalId }) => ({ id, name, externalId })) },
    { person, timeZone },
  ];
}

async function keysOf(db: Sql, organizationId: string, accountId: string): Promise<string[]> {
  const rows = await db.sql<KeyRow>`
    select algorithm, blob, comment from ssh_key where org_id = ${organizationId} and account_id = ${accountId}
    order by created_at desc, id limit 50`;
  const lines = rows.map(writeSshPublicKey);
  let bytes = 0;
  return lines.filter((it) => (bytes += Buffer.byteLength(it)) <= KEYS_BYTES).reverse();
}
