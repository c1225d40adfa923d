import { type Call, soon } from './http';
import type { RunningSystem } from './start-system';

export async function aSeriesOf(admin: Call, resourceId: string | undefined): Promise<string> {
  const recurring = { resourceId, start: soon('18:00', 9), end: soon('18:30', 9), recurrence: { rrule: 'FREQ=WEEKLY;COUNT=2' } };
  return (await admin('POST', '/reservations', { body: recurring })).body.series.id as string;
}

/** Written past every wall, on a resource of the second organization. */
export async function aSeriesOfAnother(system: RunningSystem, resourceId: string | undefined): Promise<string> {
  const id = '11111111-0000-7000-8000-0000000000a0';
  await system.asOwner(
    `with s as (insert into series (id, org_id, organizer_id, title, civil_start, minutes, time_zone, rrule, tzdb_version, created_at, updated_at)
                select $1, r.org_id, a.id, 'Foreign', '2027-01-01T09:00', 60, 'UTC', 'FREQ=WEEKLY;COUNT=2', 'none', now(), now()
                from resource r join account a on a.org_id = r.org_id where r.id = $2 returning id, org_id)
     insert into series_item (org_id, series_id, resource_id) select org_id, id, $2 from s`,
    [id, resourceId],
  );
  return id;
}

export async function belongings(admin: Call): Promise<Record<string, string>> {
  const made = async (path: string, body: unknown): Promise<string> => {
    const answer = await admin('POST', path, { body });
    if (answer.status !== 201) throw new Error(`${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body.id as string;
  };
  const site = await made('/sites', { name: 'HQ', countryCode: 'DE', timeZone: 'Europe/Berlin' });
  const floor = await made('/floors', { siteId: site, name: '3' });
  const room = await made('/rooms', { floorId: floor, name: 'East' });
  const type = await made('/resource-types', { key: 'lab-2', name: 'Lab', cutype: 'RESOURCE' });
  const resource = await made('/resources', { name: 'Turing', siteId: site });
  const reservation = await made('/reservations', { resourceId: resource, start: soon('08:00'), end: soon('09:00'), title: 'Mine' });
  const hold = await made('/holds', { resourceId: resource, start: soon('12:00'), end: soon('13:00') });
  const blackout = await made(`/resources/${resource}/blackouts`, { start: soon('20:00', 9), end: soon('21:00', 9), reason: 'x' });
  const asking = await made('/resources', { name: 'Lab', siteId: site, policy: { approval: 'required' } });
  const approval = await made('/reservations', { resourceId: asking, start: soon('08:00'), end: soon('09:00') });
  const saved = await made('/search/saved', { name: 'Mine', query: {} });
  const view = await made('/audit/views', { name: 'Mine', filter: {} });
  const group = await made('/groups', { name: 'Lab people' });
  const provider = await made('/identity-providers', {
    ...{ key: 'acme', name: 'Acme ID', issuer: 'https://id.acme.example', clientId: 'berth', enabled: false },
  });
  const webhook = await made('/webhooks', { name: 'Billing', url: 'http://127.0.0.1:1/', events: ['reservation.*'], state: 'paused' });
  const role = await made('/roles', { name: 'Desk help', permissions: ['resource:manage'] });
  const assignment = await made('/roles/assignments', { roleId: role, groupId: group, siteId: site });
  const items = [{ resourceId: resource, start: soon('08:00', 5), end: soon('09:00', 5) }];
  const handed = await admin('POST', '/bulk/reservations', { body: { mode: 'bestEffort', items }, headers: { prefer: 'respond-async' } });
  if (handed.status !== 202) throw new Error(`handing over answered ${handed.status}: ${JSON.stringify(handed.body)}`);
  const job = handed.body.id as string;
  return {
    site,
    floor,
    room,
    type,
    resource,
    reservation,
    hold,
    blackout,
    approval,
    job,
    jobs: job,
    'saved-search': saved,
    'audit-view': view,
    group,
    role,
    assignment,
    'identity-provider': provider,
    webhook,
  };
}

/** A second organization with one of everything, written past every wall. */
export async function belongingsOfAnother(system: RunningSystem): Promise<Record<string, string>> {
  const id = (n: number): string => `11111111-0000-7000-8000-00000000000${n}`;
  const [org, site, floor, room, type, resource, reservation, person, approval] = [0, 1, 2, 3, 4, 5, 6, 7, 8].map(id);
  await system.asOwner(`
    with o as (insert into organization (id, name, time_zone, created_at) values ('${org}', 'Foreign', 'UTC', now())),
      p as (insert into account (id, org_id, username, email, display_name, role, created_at) values ('${person}', '${org}', 'foreign', 'f@foreign.example', 'Foreign', 'admin', now())),
      s as (insert into site (id, org_id, name, time_zone, created_at) values ('${site}', '${org}', 'Foreign', 'UTC', now())),
      f as (insert into floor (id, org_id, site_id, name, created_at) values ('${floor}', '${org}', '${site}', 'Foreign', now())),
      a as (insert into room (id, org_id, floor_id, name, created_at) values ('${room}', '${org}', '${floor}', 'Foreign', now())),
      t as (insert into resource_type (id, org_id, key, name, cutype, created_at) values ('${type}', '${org}', 'foreign', 'Foreign', 'ROOM', now())),
      r as (insert into resource (id, org_id, type_id, site_id, name, created_at, updated_at) values ('${resource}', '${org}', '${type}', '${site}', 'Foreign', now(), now())),
      u as (insert into quota_rule (id, org_id, name, who_kind, what_kind, measure, limit_value, created_at)
            values ('${reservation}', '${org}', 'Foreign', 'everyone', 'everything', 'ahead', 1, now())),
      w as (insert into waitlist_entry (id, org_id, account_id, resource_id, starts_at, ends_at, time_zone, created_at, updated_at)
            values ('${reservation}', '${org}', '${person}', '${resource}', now() + interval '1 day', now() + interval '25 hours', 'UTC', now(), now())),
      k as (insert into saved_search (id, org_id, account_id, name, query, created_at, updated_at)
            values ('${reservation}', '${org}', '${person}', 'Foreign', '{}', now(), now())),
      kv as (insert into audit_view (id, org_id, account_id, name, filter, created_at)
            values ('${reservation}', '${org}', '${person}', 'Foreign', '{}', now())),
      happened as (insert into event (id, org_id, type, subject_kind, subject_id, actor_id, data)
            values ('${reservation}', '${org}', 'site.created', 'sites', '${site}', '${person}', '{}')),
      told as (insert into notification (id, org_id, account_id, kind, cause, subject_kind, subject_id, facts, in_app, at)
            values ('${reservation}', '${org}', '${person}', 'reminder', 'x', 'reservations', '${reservation}', '{"title": "Foreign"}', true, now())),
      shown as (insert into push_subscription (id, org_id, account_id, endpoint, keys_sealed, created_at)
            values ('${reservation}', '${org}', '${person}', 'https://push.foreign.example/', '', now())),
      signed as (insert into session (id, org_id, account_id, token_hash, created_at, expires_at)
            values ('${reservation}', '${org}', '${person}', '', now(), now() + interval '1 day')),
      t2 as (insert into api_token (id, org_id, account_id, name, hash, scopes, created_at, expires_at)
            values ('${reservation}', '${org}', '${person}', 'Foreign', '', '{site:read}', now(), now() + interval '1 day')),
      c as (insert into oauth_client (id, org_id, owner_id, name, type, grant_types, redirect_uris, scopes, per_minute, created_at)
            values ('${reservation}', '${org}', '${person}', 'Foreign', 'public', '{authorization_code}', '{https://foreign.example/}', '{site:read}', 600, now())),
      c2 as (insert into oauth_grant (id, org_id, client_id, account_id, scopes, created_at)
            values ('${reservation}', '${org}', '${reservation}', '${person}', '{site:read}', now())),
      h as (insert into ssh_key (id, org_id, account_id, algorithm, bits, blob, fingerprint, created_at)
            values ('${reservation}', '${org}', '${person}', 'ssh-ed25519', 256, '', 'SHA256:foreign', now())),
      z as (insert into passkey (id, org_id, account_id, name, credential_id, public_key, rp_id, counter, backed_up, created_at)
            values ('${reservation}', '${org}', '${person}', 'Foreign', 'x', 'x', 'x', 0, false, now())),
      j as (insert into job (id, org_id, account_id, kind, request, done, total, created_at)
            values ('${reservation}', '${org}', '${person}', 'bulk-book', '{"items": [], "language": "en"}', 0, 0, now())),
      g as (insert into people_group (id, org_id, name, kind, created_at) values ('${reservation}', '${org}', 'Foreign', 'static', now())),
      x as (insert into role (id, org_id, name, permissions, created_at) values ('${reservation}', '${org}', 'Foreign', '{}', now())),
      y as (insert into role_assignment (id, org_id, account_id, role_id, created_at)
            values ('${reservation}', '${org}', '${person}', '${reservation}', now())),
      provided as (insert into identity_provider (id, org_id, key, name, issuer, client_id, scopes, admits, new_role, claims, position, configured_by, created_at)
            values ('${reservation}', '${org}', 'foreign', 'Foreign', 'https://id.foreign.example', 'x', '{}', 'linked', 'user', '{}', 1, '${person}', now())),
      n as (insert into linked_identity (id, org_id, account_id, provider_id, subject, label, created_at)
            values ('${reservation}', '${org}', '${person}', '${reservation}', 'x', 'Foreign', now())),
      i as (insert into account_link (id, org_id, purpose, email, role, token_hash, created_at, expires_at)
            values ('${reservation}', '${org}', 'invitation', 'g@foreign.example', 'user', 'x', now(), now() + interval '7 days')),
      l as (insert into resource_leaf (org_id, resource_id, leaf_id) values ('${org}', '${resource}', '${resource}')),
      v as (insert into reservation (id, org_id, organizer_id, status, title, starts_at, ends_at, time_zone, created_at, updated_at)
            values ('${reservation}', '${org}', '${person}', 'confirmed', 'Foreign', now() + interval '1 day', now() + interval '25 hours', 'UTC', now(), now())),
      q as (insert into approval_request (id, org_id, reservation_id, requested_by, steps, due_at, requested_at)
            values ('${approval}', '${org}', '${reservation}', '${person}', 1, now() + interval '1 day', now()))
    insert into reservation_item (org_id, reservation_id, resource_id, partstat, held_from, held_to)
    values ('${org}', '${reservation}', '${resource}', 'ACCEPTED', now() + interval '1 day', now() + interval '25 hours')`);
  return {
    site: site!,
    floor: floor!,
    room: room!,
    type: type!,
    resource: resource!,
    reservation: reservation!,
    hold: reservation!,
    blackout: reservation!,
    approval: approval!,
    job: reservation!,
    jobs: reservation!,
    person: person!,
    invitation: reservation!,
    user: person!,
    waitlist: reservation!,
    'saved-search': reservation!,
    notification: reservation!,
    'push-subscription': reservation!,
    'audit-view': reservation!,
    event: reservation!,
    group: reservation!,
    role: reservation!,
    assignment: reservation!,
    session: reservation!,
    token: reservation!,
    client: reservation!,
    grant: reservation!,
    'ssh-key': reservation!,
    passkey: reservation!,
    'identity-provider': reservation!,
    webhook: reservation!,
    'linked-account': reservation!,
    'quota-rule': reservation!,
  };
}

/** A site with a floor, a room and something to book, shown to one group. */
export async function hiddenPlace(admin: Call): Promise<Record<string, string>> {
  const made = async (path: string, body: unknown): Promise<string> => (await admin('POST', path, { body })).body.id as string;
  const site = await made('/sites', { name: 'Canary house', countryCode: 'DE', timeZone: 'Europe/Berlin' });
  const floor = await made('/floors', { siteId: site, name: 'Canary floor' });
  const room = await made('/rooms', { floorId: floor, name: 'Canary wing' });
  const resource = await made('/resources', { name: 'Canary room', siteId: site, tags: ['canary'] });
  const asking = await made('/resources', { name: 'Canary lab', siteId: site, policy: { approval: 'required' } });
  const group = await made('/groups', { name: 'People of that house' });
  // Gets a role there and has nobody in it.
  const others = await made('/groups', { name: 'Others' });
  const access = { see: { mode: 'groups', groupIds: [group] }, book: { mode: 'everyone', groupIds: [] } };
  const set = await admin('PUT', `/sites/${site}/access`, { body: access, headers: { 'if-match': '"1"' } });
  if (set.status !== 200) throw new Error(`setting gates answered ${set.status}: ${JSON.stringify(set.body)}`);
  return { site, floor, room, resource, asking, group, others };
}
