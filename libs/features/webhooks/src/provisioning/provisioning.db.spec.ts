import { newId } from '@berth/kernel';
import { useDatabase } from '@berth/platform/testing';
import { at, from, reservationsGiven, reservationsOn } from '@berth/reservations/testing';
import { signatures } from '../message/signature';
import { type Receiver, startReceiver, webhooksOn } from '../testing';

const KEY = 'AAAAC3NzaC1lZDI1NTE5AAAAIE7hHm0yGvYQmZbJ8pJmXwH0x3n1Qy0m2Z0r5m1q3fQb';

describe('Provisioning', () => {
  const db = useDatabase();
  const given = reservationsGiven(db);
  const on = reservationsOn(db);
  let hooks: ReturnType<typeof webhooksOn>;
  let receiver: Receiver;
  let names = 0;

  beforeAll(async () => {
    hooks = webhooksOn(db, on.clock, on.catalogue);
    await hooks.begin();
    receiver = await startReceiver();
  });
  afterAll(() => receiver.stop());
  beforeEach(async () => {
    await hooks.hear();
    await db.asOwner('delete from webhook');
    receiver.received.length = 0;
    on.clock.set(at('08:00'));
  });

  const aWebhook = async (resource: { id: string }, payload: 'full' | 'provisioning' = 'provisioning') =>
    hooks.add.execute(await given.aPerson('admin'), {
      ...{ name: `Provisioner ${names++}`, url: receiver.url, events: ['reservation.*'], payload, headers: [], state: 'active' },
      scope: { kind: 'resources', ids: [resource.id], descendants: false },
    });
  const booked = async (resource: { id: string }, title = 'Training run') => {
    const ada = await given.aPerson();
    const reservation = await on.book.execute(ada, { resourceIds: [resource.id], quantity: 1, title, ...from('09:00').to('10:00') });
    return { ada, id: reservation.id };
  };
  const told = async (type: string) => {
    await hooks.hear();
    await hooks.send();
    const all = receiver.received.map((it) => JSON.parse(it.body) as { type: string; data: Record<string, unknown> });
    return all.filter((it) => it.type === type).map((it) => it.data);
  };
  const report = async (webhook: { id: string; secret: string }, body: object, { messageId = newId(), signedAt = on.clock.now() } = {}) => {
    const raw = Buffer.from(JSON.stringify(body));
    const timestamp = Math.floor(signedAt.getTime() / 1000);
    const signature = signatures({ id: messageId, timestamp, body: raw }, [webhook.secret]);
    const signed = { webhookId: webhook.id, messageId, timestamp: String(timestamp), signature, body: raw };
    await hooks.callback.execute({ message: null, ...(body as { reservationId: string; outcome: 'granted' }), signed });
  };

  it('is told at start and end, once each, whose keys to let in and what was answered', async () => {
    const server = await given.aResource({ tags: ['gpu'], externalId: 'gpu-07' });
    await aWebhook(server);
    const { ada, id } = await booked(server);
    await db.asOwner(
      `insert into ssh_key (id, org_id, account_id, algorithm, bits, blob, comment, fingerprint, created_at)
       values ($1, $2, $3, 'ssh-ed25519', 256, $4, 'ada@laptop', 'SHA256:x', now())`,
      [newId(), db.organizationId, ada.accountId, Buffer.from(KEY, 'base64')],
    );
    await db.asOwner(`update reservation set custom_fields = '{"project":"Apollo"}' where id = $1`, [id]);
    on.clock.set(at('09:00'));
    await on.lifecycle.run();
    on.clock.set(at('10:00'));
    await on.lifecycle.run();
    await on.lifecycle.run();

    const person = { id: ada.accountId, sshKeys: [`ssh-ed25519 ${KEY} ada@laptop`] };
    const facts = { reservationId: id, customFields: { project: 'Apollo' }, resources: [{ externalId: 'gpu-07', tags: ['gpu'] }] };
    for (const type of ['reservation.started', 'reservation.ended']) {
      const [data, ...more] = await told(type);
      expect(data).toMatchObject({ ...facts, person });
      expect(more).toEqual([]);
    }
    const [created] = await told('reservation.created');
    expect(created).not.toHaveProperty('person');
  });

  it('goes only where it was asked for, by somebody who may let it', async () => {
    const server = await given.aResource();
    await aWebhook(server, 'full');
    const other = await aWebhook(server);
    const user = await given.aPerson('user');
    await db.asOwner('update webhook set responsible_id = $2 where id = $1', [other.id, user.accountId]);
    await booked(server);
    on.clock.set(at('09:00'));
    await on.lifecycle.run();

    const started = await told('reservation.started');
    expect(started).toHaveLength(2);
    expect(started.filter((it) => 'person' in it || 'customFields' in it)).toEqual([]);
    const unprivileged = { ...user, scopes: new Set(['webhook:manage'] as const) };
    const wanted = {
      url: receiver.url,
      events: ['*'],
      headers: [],
      state: 'active',
      scope: { kind: 'all', ids: [], descendants: false },
    } as const;
    await expect(hooks.add.execute(unprivileged, { name: 'Mine', payload: 'provisioning', ...wanted })).rejects.toMatchObject({
      code: 'permission-denied',
    });
  });

  it('reports what came of it, shown on the reservation and told once', async () => {
    const server = await given.aResource();
    const webhook = await aWebhook(server);
    const { ada, id } = await booked(server);
    const messageId = newId();
    const body = { reservationId: id, outcome: 'granted', message: 'ssh ada@gpu-07' };
    await report(webhook, body, { messageId });
    await report(webhook, body, { messageId });

    expect(await on.queries.one(ada, id)).toMatchObject({
      provisioning: { outcome: 'granted', message: 'ssh ada@gpu-07', at: '2026-12-07T08:00:00Z' },
      version: 2,
    });
    expect((await on.queries.one(await given.aPerson(), id)).provisioning).toMatchObject({ outcome: 'granted', message: null });
    expect(await given.eventsOf({ id })).toEqual(['reservation.created', 'provisioning.reported']);
    await report(webhook, { reservationId: id, outcome: 'revoked' });
    expect((await on.queries.one(ada, id)).provisioning).toMatchObject({ outcome: 'revoked', message: null });
  });

  it('takes no word that is not signed by the webhook it concerns, now', async () => {
    const server = await given.aResource();
    const webhook = await aWebhook(server);
    const full = await aWebhook(server, 'full');
    const { id } = await booked(server);
    const elsewhere = await booked(await given.aResource());
    const body = { reservationId: id, outcome: 'granted' };
    const later = (seconds: number) => new Date(on.clock.now().getTime() + seconds * 1000);

    for (const seconds of [-301, 301])
      await expect(report(webhook, body, { signedAt: later(seconds) })).rejects.toMatchObject({ code: 'signature-invalid' });
    await expect(report(full, body)).rejects.toMatchObject({ code: 'signature-invalid' });
    await expect(report({ ...webhook, secret: full.secret }, body)).rejects.toMatchObject({ code: 'signature-invalid' });
    await expect(report({ ...webhook, id: newId() }, body)).rejects.toMatchObject({ code: 'signature-invalid' });
    await expect(report(webhook, { ...body, reservationId: elsewhere.id })).rejects.toMatchObject({ code: 'not-found' });
    await expect(report(webhook, { ...body, reservationId: newId() })).rejects.toMatchObject({ code: 'not-found' });
    await report(webhook, body, { signedAt: later(-299) });
    await report(webhook, body, { signedAt: later(299) });
  });
});
