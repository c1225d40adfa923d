/**
 * What requests may name: things of the organization that is asked, and things of another one that must stay unseen.
 * @typedef {'resources'|'sites'|'floors'|'rooms'|'types'|'reservations'|'holds'|'users'} Kind
 * @typedef {object} Scene
 * @property {Record<Kind, string[]>} own
 * @property {Partial<Record<Kind, string[]>>} foreign
 * @property {string} spare a resource no request changes
 * @property {string[]} secrets texts of the other organization; no answer may contain one
 * @property {() => {start: string, end: string}} slot a half hour nobody asked for yet
 * @property {() => string} unique a short name nobody has
 */

const KIND_OF_SEGMENT = {
  resources: 'resources',
  sites: 'sites',
  floors: 'floors',
  rooms: 'rooms',
  'resource-types': 'types',
  reservations: 'reservations',
  holds: 'holds',
  favourites: 'resources',
  users: 'users',
};
const KIND_OF_NAME = {
  resourceId: 'resources', resourceIds: 'resources', parentId: 'resources', resource: 'resources', siteId: 'sites', defaultSiteId: 'sites', site: 'sites',
  floorId: 'floors', roomId: 'rooms', typeId: 'types', holdId: 'holds', organizer: 'users', organizerId: 'users', userId: 'users',
  onBehalfOf: 'users',
}; // prettier-ignore

/** Business hours that close nothing a request asks for, so that the rules about them are judged too. */
export const ALL_DAY = { days: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, intervals: [{ opens: '00:00', closes: '24:00' }] })) };

/** The kind of thing a path parameter names, from the segment before it. */
export const kindInPath = (template, name) => KIND_OF_SEGMENT[template.split(`/{${name}}`)[0].split('/').at(-1)];

/** The kind of thing a property or query parameter names. */
export const kindOfName = (name) => KIND_OF_NAME[name];

/**
 * Furnishes the organization through the API, so that valid requests have something to name.
 * @param {{must: (method: string, path: string, body?: unknown) => Promise<any>}} client
 * @param {Partial<Record<Kind, string[]>>} [foreign]
 * @param {string[]} [secrets]
 * @returns {Promise<Scene>}
 */
export async function furnish(client, foreign = {}, secrets = []) {
  let count = 0;
  const stamp = Date.now().toString(36);
  const unique = () => `fuzz${stamp}${(count++).toString(36)}`;
  const first = Math.floor(Date.now() / 86_400_000) * 86_400_000 + 3 * 86_400_000;
  let slots = 0;
  const slot = () => {
    const start = first + (slots++ % 3000) * 1_800_000;
    return { start: new Date(start).toISOString(), end: new Date(start + 1_800_000).toISOString() };
  };
  const create = async (path, body) => (await client.must('POST', path, body)).id;
  const site = await create('/sites', { name: unique(), countryCode: 'FR', timeZone: 'Europe/Paris' });
  const floor = await create('/floors', { siteId: site, name: unique() });
  const room = await create('/rooms', { floorId: floor, name: unique() });
  const type = await create('/resource-types', { key: unique(), name: unique(), cutype: 'RESOURCE' });
  const resources = [];
  for (const more of [{}, { siteId: site, typeId: type }, { units: 3, timeZone: 'UTC' }])
    resources.push(await create('/resources', { name: unique(), ...more }));
  await client.must('PUT', `/resources/${resources[0]}/business-hours`, ALL_DAY, { 'if-match': '"1"' });
  const reservations = [];
  for (const resourceId of resources) reservations.push(await create('/reservations', { resourceId, title: unique(), ...slot() }));
  const me = await client.must('GET', '/users/me');
  const colleague = { username: unique(), displayName: unique(), role: 'user', password: 'Correct horse battery staple, 42' };
  const users = [me.id, await create('/users', { ...colleague, email: `${colleague.username}@example.org` })];
  const own = { resources, sites: [site], floors: [floor], rooms: [room], types: [type], reservations, holds: [], users };
  const spare = await create('/resources', { name: unique(), timeZone: 'UTC' });
  return { own, foreign, secrets, spare, slot, unique };
}

/**
 * An admin of the fuzzer's own, to sign in as often as sessions are ended.
 * @typedef {object} Fuzzer
 * @property {string} username
 * @property {string} password
 * @property {() => Promise<{access_token: string, refresh_token: string}>} signIn opens a new session
 *
 * @param {{must: (method: string, path: string, body?: unknown) => Promise<any>}} client
 * @returns {Promise<Fuzzer>}
 */
export async function createFuzzer(client) {
  const username = `fuzzer${Date.now().toString(36)}`;
  const password = 'Correct horse battery staple, 42';
  await client.must('POST', '/users', { username, email: `${username}@example.org`, displayName: 'Fuzzer', role: 'admin', password });
  const form = new URLSearchParams({ grant_type: 'password', username, password });
  return { username, password, signIn: () => client.must('POST', '/token', form) };
}
