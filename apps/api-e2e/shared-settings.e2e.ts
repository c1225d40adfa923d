import { belongings } from './authorization.belongings';
import { bodies } from './authorization.bodies';
import { type OpenApi, operationOf, routesOf } from './authorization.contract';
import { policy } from './authorization.policy';
import { type Call, caller, personWith } from './http';
import { type RunningSystem, startSystem } from './start-system';

/**
 * Routes that change or remove something and do not demand `If-Match`, with why. Any other must: of two administrators the slower
 * must not win unseen.
 */
const BLIND: Readonly<Record<string, string>> = {
  'DELETE /resources/{id}/blackouts/{blackoutId}': 'a blackout never changes: it is there or not',
  'DELETE /blackouts/{id}': 'a blackout never changes: it is there or not',
  'DELETE /roles/assignments/{id}': 'an assignment never changes: it is there or not',
  'DELETE /groups/{id}/members/{accountId}': 'being in a group is there or not',
  'DELETE /users/invitations/{id}': 'an invitation is open or not',
  'DELETE /tokens/{id}': 'a token is good or revoked',
  'PUT /resources/{id}/assignment/shared-days': 'adds days of one person to those that are there',
  'DELETE /resources/{id}/assignment/shared-days': 'takes days of one person from those that are there',
  'PATCH /reservations/{id}': 'a reservation: optional',
  'PATCH /series/{id}': 'a reservation: optional',
  'DELETE /holds/{id}': 'one’s own hold is there or not',
  'DELETE /waitlist/{id}': 'one’s own wish is there or not',
  'DELETE /jobs/{id}': 'stops what goes on',
  'PUT /users/me/notification-preferences': 'one’s own: optional',
  'PATCH /users/me/preferences': 'one’s own, each key by itself',
  'PATCH /search/saved/{id}': 'one’s own: optional',
  'DELETE /search/saved/{id}': 'one’s own',
  'DELETE /audit/views/{id}': 'one’s own',
  'PUT /users/me/favourites/{id}': 'one’s own, there or not',
  'DELETE /users/me/favourites/{id}': 'one’s own, there or not',
  'DELETE /users/me/push-subscriptions/{id}': 'one’s own',
  'DELETE /users/me/tokens/{id}': 'one’s own',
  'DELETE /users/me/ssh-keys/{id}': 'one’s own',
  'PATCH /auth/passkeys/{id}': 'one’s own: its name',
  'DELETE /auth/linked-accounts/{id}': 'one’s own',
  'DELETE /oauth/grants/{id}': 'one’s own',
  'DELETE /auth/sessions': 'one’s own',
  'DELETE /auth/sessions/{id}': 'one’s own',
  'DELETE /auth/stand-in': 'one’s own',
};

/** Bodies that would change something. */
const changes = (at: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> => ({
  'PUT /password-rules': { preset: 'composition' },
  'PUT /auth/mfa/policy': { roles: [] },
  'PUT /privacy-rules': { mayEraseOneself: true },
  'PUT /audit/retention': { keepDays: 365 },
  'PUT /business-hours': { days: [{ weekday: 1, intervals: [{ opens: '08:00', closes: '18:00' }] }] },
  'PUT /resources/{id}/assignment': { personId: at['user'] },
  'PUT /identity-providers/order': { ids: [] },
});

describe('Settings several people share', () => {
  let system: RunningSystem;
  let admin: Call;
  let document: OpenApi;
  let at: Record<string, string>;

  beforeAll(async () => {
    system = await startSystem({ BERTH_ALLOWED_NETWORKS: '127.0.0.0/8' });
    admin = caller(system.url, system.adminToken);
    document = (await admin('GET', '//api/openapi.json')).body;
    const made = async (path: string, body: unknown): Promise<string> => (await admin('POST', path, { body })).body.id as string;
    at = {
      ...(await belongings(admin)),
      user: (await personWith(admin, 'user', 'ana')).id,
      tier: await made('/quotas/tiers', { name: 'Slow', perMinute: 10 }),
      'quota-rule': await made('/quotas/rules', {
        ...{ name: 'Few', measure: 'ahead', window: null, limit: 3 },
        ...{ who: { kind: 'everyone', id: null }, what: { kind: 'everything', id: null } },
      }),
      client: await made('/oauth/clients', {
        ...{ name: 'Sync', type: 'confidential', redirectUris: [], scopes: ['resource:read'], perMinute: 60 },
        grantTypes: ['client_credentials'],
      }),
    };
  });
  afterAll(() => system.stop());

  const writing = () => routesOf(document).filter((it) => /^(PUT|PATCH|DELETE) /.test(it) && policy[it]?.rooted !== true);
  const demands = (route: string) =>
    operationOf(document, route)?.parameters?.some((it) => it.in === 'header' && it.name === 'If-Match' && it.required) === true;
  const send = (route: string, headers: Record<string, string>) => {
    const [method = '', template = ''] = route.split(' ');
    const path = template.replace('{id}', at[policy[route]?.id ?? ''] ?? '').replace('{accountId}', at['user']!);
    const body = method === 'DELETE' ? {} : { body: changes(at)[route] ?? bodies[route] ?? {} };
    return admin(method, path, { ...body, headers });
  };

  it('are those of every route that changes something but for the ones named here, which do not demand it', () => {
    expect(
      writing()
        .filter((it) => !demands(it))
        .sort(),
    ).toEqual(Object.keys(BLIND).sort());
  });

  it('are not written without saying what was read, nor on what is not there any more', async () => {
    for (const route of writing().filter(demands)) {
      const blind = await send(route, {});
      expect([route, blind.status, blind.body.code]).toEqual([route, 428, 'precondition-required']);

      const id = `stale ${route}`.replaceAll(/[^\w]/g, '-');
      const stale = await send(route, { 'if-match': '"999999"', 'x-request-id': id });
      expect([route, stale.status, stale.body.code, stale.body.current]).toEqual([route, 412, 'precondition-failed', expect.any(Object)]);
      const told = await system.asOwner('select type from event where request_id = $1', [id]);
      expect([route, told]).toEqual([route, []]);
    }
    expect(writing().filter(demands).length).toBeGreaterThan(30);
  });

  it('are the first’s of two who read the same, and the second is shown what is there', async () => {
    const read = async (path: string, field: string) => (await admin('GET', path)).body[field] as number;
    const twice = async (route: string, version: number) => {
      const headers = { 'if-match': `"${version}"` };
      const [first, second] = [await send(route, headers), await send(route, headers)];
      expect([route, first.status < 300, second.status]).toEqual([route, true, 412]);
    };

    await twice('PUT /business-hours', await read('/business-hours', 'settingsVersion'));
    await twice('PUT /resources/{id}/business-hours', await read(`/resources/${at['resource']}/business-hours`, 'settingsVersion'));
    await twice('PUT /identity-providers/order', await read('/identity-providers', 'orderVersion'));
    await twice('PUT /quotas/rules/{id}/exceptions/{accountId}', await read(`/quotas/rules/${at['quota-rule']}/usage`, 'ruleVersion'));
  });
});
