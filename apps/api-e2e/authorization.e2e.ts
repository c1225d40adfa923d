import { LiveStates, LiveTopics, type ReadersQueries } from '@berth/api';
import { scopesInPlaces } from '@berth/contracts';
import type { Database } from '@berth/platform/database';
import { Topics } from '@berth/platform/realtime';
import type { ResourceCatalogue, ResourcesQueries } from '@berth/resources';
import type { DeliveryQueries } from '@berth/webhooks';
import { type Answer, type Call, caller, personWith, soon, tokenOfSite } from './http';
import { Listener } from './listener';
import { aSeriesOf, aSeriesOfAnother, belongings, belongingsOfAnother, hiddenPlace } from './authorization.belongings';
import { bodies, nowhere, relatedBody } from './authorization.bodies';
import { type OpenApi, operationOf, routesOf } from './authorization.contract';
import { jobs, policy, topics } from './authorization.policy';
import { related, type Relating, type Relation, relations } from './authorization.relations';
import type { RouteRule } from './authorization.rule';
import { type RunningSystem, startSystem } from './start-system';

type Who = 'anonymous' | 'guest' | 'user' | 'admin';
const everybody: readonly Who[] = ['anonymous', 'guest', 'user', 'admin'];

/**
 * Every route against every actor, by a table that is written by hand in `authorization.policy.ts` and what it is made of and knows nothing of
 * the decorators. A route without a line there fails, and so does a line without a route.
 */
describe('The authorization matrix', () => {
  let system: RunningSystem;
  let calls: Record<Who, Call>;
  let document: OpenApi;
  /** Ids of things of our own, by the kind of path they stand in. */
  let own: Record<string, string>;
  let foreign: Record<string, string>;

  beforeAll(async () => {
    system = await startSystem({ BERTH_ALLOWED_NETWORKS: '127.0.0.0/8' });
    const admin = caller(system.url, system.adminToken);
    calls = {
      anonymous: caller(system.url),
      guest: (await personWith(admin, 'guest', 'guest')).call,
      user: (await personWith(admin, 'user', 'user')).call,
      admin,
    };
    document = (await admin('GET', '//api/openapi.json')).body;
    own = await belongings(admin);
    own['series'] = await aSeriesOf(admin, own['resource']);
    foreign = await belongingsOfAnother(system);
    const [tier] = await system.asOwner<{ id: string }>('select id from request_tier where org_id <> $1', [system.organizationId]);
    foreign['tier'] = tier!.id;
    foreign['series'] = await aSeriesOfAnother(system, foreign['resource']);
  });
  afterAll(() => system.stop());

  const lines = Object.entries(policy);
  const send = (call: Call, route: string, rule: RouteRule, ids: Record<string, string>): Promise<Answer> => {
    const [method = '', template = ''] = route.split(' ');
    const path = template.replace('{id}', ids[rule.id ?? ''] ?? nowhere).replace(/\{\w+\}/g, nowhere);
    const headers: Record<string, string> = ['PATCH', 'PUT', 'DELETE'].includes(method) ? { 'if-match': '"1"' } : {};
    const options = method === 'GET' ? {} : method === 'DELETE' ? { headers } : { body: bodies[route] ?? {}, headers };
    return call(method, rule.rooted ? `/${path}` : path + (rule.query ?? ''), options);
  };

  it('has a line for every route, and a route for every line', () => {
    expect(routesOf(document).sort()).toEqual(lines.map(([route]) => route).sort());
  });

  it('asks for the permission the table says, and documents it', () => {
    for (const [route, rule] of lines) {
      expect([route, operationOf(document, route, rule.rooted)?.['x-permission']?.name]).toEqual([route, rule.permission]);
    }
  });

  it.each(everybody)('lets %s in where the table says so, and nowhere else', async (who) => {
    for (const [route, rule] of lines) {
      // Signing out would end every later line; somebody else does it.
      const call = rule.endsSession && who !== 'anonymous' ? (await personWith(calls.admin, who, `leaver-${who}`)).call : calls[who];
      const answer = await send(call, route, rule, {});
      const refused = answer.status === 401 || (answer.status === 403 && answer.body.code === 'permission-denied');

      const expected = rule.allows.includes(who) ? 'let in' : who === 'anonymous' ? 'refused with 401' : 'refused with 403';
      const actual = !refused || rule.answers401 ? 'let in' : `refused with ${answer.status}`;
      expect([route, actual]).toEqual([route, expected]);
      expect([route, answer.status < 500]).toEqual([route, true]);
    }
  });

  it('knows by which lines each kind of job is asked for and read, and no kind without', () => {
    expect(document.components.schemas['JobResponse']?.properties['kind']?.enum?.toSorted()).toEqual(Object.keys(jobs).sort());
    for (const { asked, read } of Object.values(jobs))
      for (const route of [...asked, read]) expect([route, policy[route]?.allows.includes('anonymous')]).toEqual([route, false]);
  });

  it('lets exactly those follow a topic whom the table lets, and knows no topic that stands not in it', async () => {
    const defined = new Topics();
    new LiveTopics(defined, {} as Database, {} as ResourceCatalogue, {} as ResourcesQueries).onModuleInit();
    new LiveStates(defined, {} as DeliveryQueries, {} as ReadersQueries).onModuleInit();
    expect(defined.kinds().sort()).toEqual(Object.keys(topics).sort());

    for (const [kind, allowed] of Object.entries(topics)) {
      for (const who of ['guest', 'user', 'admin'] as const) {
        const listener = await Listener.open(system, calls[who]);
        for (const [ids, expected] of [
          [own, allowed.includes(who) ? 'subscribed' : 'error'],
          [foreign, isOfNothing(kind) && allowed.includes(who) ? 'subscribed' : 'error'],
        ] as const) {
          const topic = isOfNothing(kind) ? kind : `${kind}:${ids[kind]}`;
          await listener.follow(topic);
          expect([who, topic, listener.frames.findLast((it) => it['id'] === topic)?.type]).toEqual([who, topic, expected]);
        }
        listener.close();
      }
    }
  });

  describe('of people with something to do with a site shown to one group', () => {
    let at: Record<string, string>;
    let people: Record<Relation, Call>;

    beforeAll(async () => {
      at = await hiddenPlace(calls.admin);
      const added = new Map<Relation, { id: string; call: Call }>();
      for (const it of relations) added.set(it, await personWith(calls.admin, 'user', it));
      const idOf = (it: Relation): string => added.get(it)?.id ?? '';
      const sent = async (path: string, body: unknown) => expect((await calls.admin('POST', path, { body })).status).toBeLessThan(300);
      await sent('/roles/assignments', { roleId: 'site-manager', accountId: idOf('here'), siteId: at['site'] });
      await sent('/roles/assignments', { roleId: 'site-manager', accountId: idOf('there'), siteId: own['site'] });
      await sent('/roles/assignments', { roleId: 'approver', accountId: idOf('approver'), resourceId: at['resource'] });
      await sent('/roles/assignments', { roleId: 'approver', accountId: idOf('approver'), resourceId: at['asking'] });
      await sent(`/groups/${at['group']}/members`, { accountId: idOf('member') });
      at['outsider'] = idOf('outsider');
      people = Object.fromEntries([...added].map(([it, { call }]) => [it, call])) as Record<Relation, Call>;
      // What sessions believe of rights is up to 4 s old, and these have asked for nothing yet.
      const time = { start: soon('10:00', 6), end: soon('11:00', 6) };
      const made = async (path: string, body: unknown) => {
        const answer = await people.member('POST', path, { body });
        expect([path, answer.status, answer.body.detail]).toEqual([path, 201, answer.body.detail]);
        return answer.body;
      };
      at['reservation'] = (await made('/reservations', { resourceId: at['resource'], ...time, title: 'Canary talk' })).id;
      at['approval'] = (await made('/reservations', { resourceId: at['asking'], ...time, title: 'Canary test' })).id;
      at['series'] = await aSeriesOf(people.member, at['resource']);
      at['waitlist'] = (await made('/waitlist', { resourceId: at['resource'], ...time })).id;
    });

    const meets = async (call: Call, expected: (line: string) => Relating | undefined): Promise<void> => {
      for (const line of Object.keys(related)) {
        const [method = '', template = ''] = line.split(' ');
        const path = template.replace(/\{(\w+)\}/g, (_, kind: string) => at[kind] ?? kind);
        const answer = await call(method, path, method === 'GET' ? {} : { body: relatedBody(line, at), headers: { 'if-match': '"1"' } });
        const outcome = answer.status === 404 ? 'hidden' : answer.status === 403 ? 'no' : answer.status < 500 ? 'yes' : answer.status;
        expect([line, outcome, answer.body.detail]).toEqual([line, expected(line), answer.body.detail]);
      }
    };
    const of = (who: Relation) => (line: string) => related[line]?.[relations.indexOf(who)];

    it.each(relations)('lets %s in where the table says so, and hides what they may not see', (who) => meets(people[who], of(who)));

    it('lets a token of some places do there what its owner may, and makes it nobody anywhere else', async () => {
      const limited = (call: Call, site: string | undefined, scopes: readonly string[]) => tokenOfSite(system.url, call, site, scopes);
      const all = [...scopesInPlaces];
      const ofMembers = all.filter((it) => !/manage|book-for/.test(it));
      const [here, there] = [await limited(calls.admin, at['site'], all), await limited(calls.admin, own['site'], all)];
      const members = await limited(people.member, own['site'], ofMembers);
      const withoutRoles = (who: Relation) => (line: string) => (line.includes('/roles') ? 'no' : of(who)(line));

      await meets(here, withoutRoles('here'));
      await meets(there, withoutRoles('there'));
      await meets(members, (line) => (of('member')(line) === 'yes' || line.includes('/approvals/') ? 'hidden' : 'no'));
      expect([await seenBy(there), await seenBy(members)]).toEqual([[], []]);
      expect(await seenBy(here)).toEqual(expect.arrayContaining(['GET /sites', 'GET /resources', 'GET /reservations']));
    });

    const seenBy = async (call: Call): Promise<string[]> => {
      const seen: string[] = [];
      for (const [route, rule] of lines.filter(([it, rule]) => it.startsWith('GET ') && !rule.id && !rule.rooted)) {
        const queries = { 'GET /availability': `?from=${soon('00:00', 6)}&to=${soon('23:00', 6)}&resource=${at['resource']}` };
        const query = queries[route as keyof typeof queries] ?? rule.query?.replace('q=t', 'q=Canary') ?? '';
        const answer = await call('GET', route.slice(4) + query);
        if (/canary/i.test(JSON.stringify(answer.body)) || JSON.stringify(answer.body).includes(at['resource'] ?? '?')) seen.push(route);
      }
      for (const body of [
        { from: soon('10:00', 7), to: soon('11:00', 7) },
        { from: soon('08:00', 7), to: soon('20:00', 7), durationMinutes: 60 },
      ]) {
        const answer = await call('POST', '/availability/search', { body });
        if (/canary/i.test(JSON.stringify(answer.body))) seen.push('POST /availability/search');
      }
      return seen;
    };

    it('leaves it out of every list, search, grid and count of somebody who may not see it', async () => {
      expect(await seenBy(people.outsider)).toEqual([]);
      // The places to look are not empty: somebody who may see it finds it there.
      expect(await seenBy(people.member)).toEqual(
        expect.arrayContaining([
          'GET /sites',
          'GET /floors',
          'GET /rooms',
          'GET /resources',
          'GET /tags',
          'GET /availability/rows',
          'GET /search/suggestions',
        ]),
      );
    });

    it('lets nobody follow it who may not see it', async () => {
      for (const who of relations) {
        const listener = await Listener.open(system, people[who]);
        for (const kind of ['site', 'resource']) {
          const topic = `${kind}:${at[kind]}`;
          await listener.follow(topic);
          const expected = who === 'there' || who === 'outsider' ? 'error' : 'subscribed';
          expect([who, topic, listener.frames.findLast((it) => it['id'] === topic)?.type]).toEqual([who, topic, expected]);
        }
        listener.close();
      }
    });
  });

  it('answers for things of another organization as for things that do not exist', async () => {
    for (const [route, rule] of lines.filter(([, it]) => it.id)) {
      const there = await send(calls.admin, route, rule, foreign);
      const none = await send(calls.admin, route, rule, {});

      expect([route, there.status]).toEqual([route, none.status]);
      expect([route, there.body.code]).toEqual([route, none.body.code]);
      expect([route, rule.statusOfUnknown ?? 404]).toEqual([route, there.status]);
    }
  });

  it('refuses things of another organization in bodies and queries', async () => {
    const probes: [string, string, unknown][] = [
      ['POST', '/reservations', { resourceId: foreign['resource'], start: soon('10:00'), end: soon('11:00') }],
      ['POST', '/reservations', { resourceIds: [own['resource'], foreign['resource']], start: soon('10:00'), end: soon('11:00') }],
      ['POST', '/reservations', { resourceId: own['resource'], start: soon('15:00'), end: soon('16:00'), holdId: foreign['reservation'] }],
      ['POST', '/holds', { resourceId: foreign['resource'], start: soon('10:00'), end: soon('11:00') }],
      ['POST', '/availability/check', { resourceId: foreign['resource'], start: soon('10:00'), end: soon('11:00') }],
      ['POST', `/reservations/${own['reservation']}/move`, { resourceId: foreign['resource'] }],
      ['POST', '/reservations', { resourceId: own['resource'], start: soon('15:00'), end: soon('16:00'), onBehalfOf: foreign['person'] }],
      ['POST', `/reservations/${own['reservation']}/transfer`, { to: foreign['person'] }],
      ['POST', `/approvals/${own['approval']}/delegate`, { to: foreign['person'] }],
      ['POST', '/resources', { name: 'X', siteId: foreign['site'] }],
      ['POST', '/resources', { name: 'X', typeId: foreign['type'] }],
      ['POST', '/resources', { name: 'X', parentId: foreign['resource'] }],
      ['POST', '/floors', { name: 'X', siteId: foreign['site'] }],
      ['POST', '/rooms', { name: 'X', floorId: foreign['floor'] }],
      ['POST', `/groups/${own['group']}/members`, { accountId: foreign['person'] }],
      ['POST', `/users/${own['person']}/merge`, { into: foreign['person'] }],
      ['POST', '/roles/assignments', { roleId: 'approver', accountId: foreign['person'] }],
      ['POST', '/roles/assignments', { roleId: 'approver', groupId: foreign['group'] }],
      ['POST', '/roles/assignments', { roleId: foreign['role'], groupId: own['group'] }],
      ['POST', '/roles/assignments', { roleId: 'approver', groupId: own['group'], siteId: foreign['site'] }],
      ['POST', '/roles/assignments', { roleId: 'approver', groupId: own['group'], resourceId: foreign['resource'] }],
    ];

    for (const [method, path, body] of probes) {
      const answer = await calls.admin(method, path, { body });
      expect([path, body, [404, 422].includes(answer.status)]).toEqual([path, body, true]);
    }
    for (const path of [
      `/reservations?resource=${foreign['resource']}`,
      `/resources?siteId=${foreign['site']}`,
      `/resources?q=Foreign`,
      `/reservations?q=Foreign`,
      '/users?q=Foreign',
      '/groups?q=Foreign',
      `/roles/assignments?user=${foreign['person']}`,
      '/search/suggestions?q=Foreign',
    ]) {
      expect([path, (await calls.admin('GET', path)).body.data]).toEqual([path, []]);
    }
    const grid = await calls.admin('GET', `/availability?from=${soon('00:00')}&to=${soon('23:00')}&resource=${foreign['resource']}`);
    expect(grid.body.resources).toEqual([]);
  });

  it('lets a token for programs do what it was made for, if its owner may, and nothing that makes it more', async () => {
    const scopes = ['resource:read', 'place:manage'];
    const wanted = { name: 'Sync', scopes, expiresInDays: 30 };
    expect(await calls.user('POST', '/users/me/tokens', { body: wanted })).toMatchObject({
      status: 403,
      body: { permission: 'place:manage' },
    });
    const { status, body: made } = await calls.admin('POST', '/users/me/tokens', {
      body: wanted,
      headers: { 'idempotency-key': 'make-once' },
    });
    expect([status, made.token]).toEqual([201, expect.stringMatching(/^berth_pat_[\w-]{43}$/)]);
    const replica = await system.startReplica();
    const [token, elsewhere] = [caller(system.url, made.token), caller(replica.url, made.token)];

    for (const [route, rule] of lines) {
      const { status: answered } = await send(token, route, rule, {});
      const isOpen = rule.permission === undefined || [rule.permission, rule.opensFor].some((it) => it && scopes.includes(it));
      expect([route, answered === 403 && !rule.allows.includes('anonymous')]).toEqual([route, !isOpen]);
    }
    const [listed] = (await calls.admin('GET', '/users/me/tokens')).body.data;
    expect(listed).toMatchObject({ name: 'Sync', scopes: [...scopes].sort(), lastUsedAt: expect.any(String) });
    expect(JSON.stringify(listed)).not.toContain(made.token);
    const [kept] = await system.asOwner<{ text: string }>(
      `select coalesce(string_agg(i::text, ' '), '') || (select string_agg(t::text, ' ') from api_token t) as text from idempotency i`,
    );
    expect(kept?.text).not.toContain(made.token);

    expect((await elsewhere('GET', '/sites')).status).toBe(403);
    expect((await elsewhere('GET', '/resources')).status).toBe(200);
    expect((await calls.admin('DELETE', `/users/me/tokens/${made.id}`)).status).toBe(204);
    expect((await token('GET', '/resources')).status).toBe(401);
    const revoked = Date.now();
    for (let asked = revoked; (await elsewhere('GET', '/resources')).status !== 401; asked = Date.now()) {
      expect(asked - revoked).toBeLessThan(5_000);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  });

  it('MFA-03 opens nothing with a token of the first step of a sign-in but the second', async () => {
    await system.asOwner(`update organization set second_factor_roles = '{user}' where id = $1`, [system.organizationId]);
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const password = 'grant_type=password&username=user&password=correct+horse+battery';
    const first = await calls.anonymous('POST', '/token', { body: password, headers: form });
    await system.asOwner(`update organization set second_factor_roles = '{}' where id = $1`, [system.organizationId]);
    const partial = caller(system.url, first.body.mfaToken);

    expect(first).toMatchObject({ status: 401, body: { code: 'second-factor-enrolment-required' } });
    for (const [route, rule] of lines.filter(([, it]) => !it.allows.includes('anonymous'))) {
      const { status, body } = await send(partial, route, rule, own);
      expect([route, status, body.code]).toEqual([route, 401, 'invalid-token']);
    }
    const cookie = { cookie: `berth-session=${first.body.mfaToken}; berth-refresh=${first.body.mfaToken}`, origin: system.url };
    expect((await calls.anonymous('GET', '/users/me', { headers: cookie })).status).toBe(401);
    expect((await calls.anonymous('POST', '/token/refresh', { headers: cookie, body: {} })).status).toBe(401);
  });

  it('CSRF-01 takes a cookie on no writing route unless our own page sends it', async () => {
    const opened = await calls.anonymous('POST', '/auth/sessions', {
      body: { username: 'admin', password: 'correct horse battery' },
      headers: { origin: system.url, 'sec-fetch-site': 'same-origin' },
    });
    const cookie = opened.headers
      .getSetCookie()
      .map((it) => it.split(';', 1)[0])
      .join('; ');
    const forms = { 'content-type': 'application/x-www-form-urlencoded' };
    const foreign: readonly Record<string, string>[] = [
      {},
      { 'sec-fetch-site': 'same-origin' },
      { origin: 'null' },
      { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
      { origin: system.url.replace('//', '//booking.'), 'sec-fetch-site': 'same-site' },
      { origin: system.url, 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example', ...forms },
      { origin: 'https://evil.example', 'content-type': 'text/plain' },
    ];
    const writing = routesOf(document).filter(
      (route) => !route.startsWith('GET ') && JSON.stringify(operationOf(document, route)?.responses ?? {}).includes('cross-site-request'),
    );
    expect(writing.length).toBeGreaterThan(60);

    for (const route of writing) {
      const [method = '', path = ''] = route.split(' ');
      for (const headers of foreign) {
        const type = headers['content-type'];
        const body = method === 'DELETE' ? undefined : type === undefined ? {} : '';
        const answer = await calls.anonymous(method, path.replace(/\{\w+\}/g, nowhere), { body, headers: { ...headers, cookie } });
        const refused = answer.body.code === 'cross-site-request' || (type !== undefined && [400, 415].includes(answer.status));
        expect([route, headers, refused || answer.body]).toEqual([route, headers, true]);
        expect(answer.headers.getSetCookie()).toEqual([]);
      }
    }
  });

  it('lets people change only their own reservations, and administrators all', async () => {
    const path = `/reservations/${own['reservation']}`;
    for (const [method, at] of [
      ['PATCH', ''],
      ['POST', '/move'],
      ['POST', '/extend'],
      ['POST', '/transfer'],
      ['POST', '/cancel'],
      ['POST', '/restore'],
    ] as const) {
      const answer = await calls.user(method, `${path}${at}`, {
        body: at === '/extend' ? { minutes: 15 } : at === '/transfer' ? { to: nowhere } : {},
      });
      expect([at, answer.status, answer.body.permission]).toEqual([at, 403, 'reservation:manage']);
    }
    expect((await calls.admin('PATCH', path, { body: { title: 'Changed' } })).status).toBe(200);
  });
});

/** Topics that name no thing. */
const isOfNothing = (kind: string): boolean => ['me', 'approvals', 'audit', 'system'].includes(kind);
