import { Problem } from '@berth/contracts';
import { newId } from '@berth/kernel';
import { type Actor, rightsOfRole } from '@berth/platform/auth';
import { PublicLinks } from '@berth/platform/mail';
import { Secrets } from '@berth/platform/runtime';
import { SetClock, silentOutbox, useDatabase } from '@berth/platform/testing';
import { AddProvider } from './add-provider';
import { ChangeProvider } from './change-provider';
import type { Provider } from './provider';
import { ProvidersQueries } from './providers.queries';
import { RemoveProvider } from './remove-provider';

describe('The provider of an e-mail domain', () => {
  const db = useDatabase();
  let does: ReturnType<typeof useCases>;
  let admin: Actor;

  beforeAll(async () => {
    does = useCases();
    const [id, organizationId] = [newId(), db.organizationId];
    await db.asOwner(
      `insert into account (id, org_id, username, email, display_name, role, password_hash, created_at)
       values ($1, $2, 'ana', 'ana@acme.example', 'Ana', 'admin', 'x', now())`,
      [id, organizationId],
    );
    const rights = rightsOfRole('admin');
    admin = { organizationId, accountId: id, sessionId: newId(), requestId: 'test', displayName: 'Ana', ...rights };
  });
  afterEach(() => db.asOwner('delete from identity_provider'));

  function useCases() {
    const [secrets, outbox, clock] = [new Secrets(Buffer.alloc(32, 7)), silentOutbox(), new SetClock(new Date('2026-12-07T08:00:00Z'))];
    const queries = new ProvidersQueries(db.database, new PublicLinks({ publicUrl: undefined, host: '127.0.0.1', port: 3000 }), secrets);
    const add = new AddProvider(db.database, queries, secrets, outbox, clock);
    const change = new ChangeProvider(db.database, queries, secrets, outbox, clock);
    return { queries, add, change, remove: new RemoveProvider(db.database, queries, outbox, clock) };
  }

  const add = (key: string, homeDomains: string[]): Promise<Provider> =>
    does.add.execute(admin, { key, name: key, issuer: 'https://id.acme.example', clientId: 'berth', homeDomains });
  const change = ({ id, version }: Provider, patch: Parameters<ChangeProvider['execute']>[1]['patch']): Promise<Provider> =>
    does.change.execute(admin, { id, version, patch });
  const outcomeOf = (attempt: Promise<unknown>): Promise<unknown> =>
    attempt.then(
      () => 'done',
      (error: unknown) => (error instanceof Problem ? [error.code, error.extensions['errors']] : error),
    );
  const taken = ['already-exists', [expect.objectContaining({ pointer: '/homeDomains', code: 'taken' })]];

  it('is found by the domain alone, however it is written, while people can sign in with it', async () => {
    const acme = await add('acme', ['acme.example', 'xn--gre-6ka8i.example']);
    await add('other', ['other.example']);

    const asked = ['acme.example', 'ACME.Example', 'größe.example', 'other.example', 'sub.acme.example', 'nowhere.example', '', 'acme\0'];
    const found = [];
    for (const domain of asked) found.push(await does.queries.homeOf(domain));
    expect(found).toEqual(['acme', 'acme', 'acme', 'other', null, null, null, null]);
    await change(acme, { enabled: false });

    expect(await does.queries.homeOf('acme.example')).toBeNull();
  });

  it('is one: another is refused, also of two that come at once', async () => {
    const acme = await add('acme', ['acme.example']);
    const other = await add('other', []);

    expect(await outcomeOf(add('third', ['acme.example']))).toEqual(taken);
    expect(await outcomeOf(change(other, { homeDomains: ['b.example', 'acme.example'] }))).toEqual(taken);
    expect(await does.queries.homeOf('b.example')).toBeNull();

    const both = await Promise.all([acme, other].map((it) => outcomeOf(change(it, { homeDomains: ['new.example'] }))));
    expect(both).toContain('done');
    expect(both).toContainEqual(taken);
  });

  it('changes with its provider, leaves what is not named, and goes with it', async () => {
    const acme = await change(await add('acme', ['acme.example', 'b.example']), { homeDomains: ['b.example', 'c.example'] });
    const renamed = await change(acme, { name: 'Acme ID' });
    const other = await add('other', ['acme.example']);

    expect([renamed.homeDomains, other.homeDomains]).toEqual([['b.example', 'c.example'], ['acme.example']]);
    await does.remove.execute(admin, acme.id, renamed.version);
    expect((await change(other, { homeDomains: ['b.example'] })).homeDomains).toEqual(['b.example']);
  });

  it('stands in the log, before and after', async () => {
    const acme = await add('acme', ['acme.example']);
    await change(acme, { homeDomains: ['b.example'] });

    const events = await db.asOwner<{ data: { before?: object; after: object } }>(
      `select data from event where subject_id = $1 order by type`,
      [acme.id],
    );
    expect(events.map((it) => it.data)).toEqual([
      expect.objectContaining({ after: expect.objectContaining({ homeDomains: ['acme.example'] }) }),
      expect.objectContaining({
        before: expect.objectContaining({ homeDomains: ['acme.example'] }),
        after: expect.objectContaining({ homeDomains: ['b.example'] }),
      }),
    ]);
  });
});
