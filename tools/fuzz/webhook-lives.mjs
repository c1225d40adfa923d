/** Nobody listens there, so nothing arrives. The server must be started with this network allowed. */
const aWebhook = (scene) => ({ name: scene.unique(), url: 'http://127.0.0.1:1/hook', events: ['reservation.*'], headers: [] });
/** An organization has a hundred at most; there is room for those that requests add by themselves. */
const MANY = 50;

async function made({ client }, scene) {
  const { data } = await client.must('GET', '/webhooks');
  if (data.length >= MANY)
    for (const { id, version } of data) await client.must('DELETE', `/webhooks/${id}`, undefined, { 'if-match': `"${version}"` });
  return client.must('POST', '/webhooks', aWebhook(scene));
}
const ofOne = async (run, _tools, scene) => ({ path: { id: (await made(run, scene)).id } });

/**
 * What requests about webhooks need: a webhook of its own.
 * @type {Record<string, (run: any, tools: import('./lives.mjs').Tools, scene: any) => Promise<object>>}
 */
export const webhookLives = {
  'POST /webhooks': async (_run, _tools, scene) => ({ body: aWebhook(scene) }),
  'GET /webhooks/{id}': ofOne,
  'PATCH /webhooks/{id}': async (run, _tools, scene) => {
    const { id, version } = await made(run, scene);
    return { path: { id }, headers: { 'if-match': `"${version}"` }, body: { name: scene.unique() } };
  },
  'DELETE /webhooks/{id}': async (run, _tools, scene) => {
    const { id, version } = await made(run, scene);
    return { path: { id }, headers: { 'if-match': `"${version}"` } };
  },
  'POST /webhooks/{id}/test': async (run, tools, scene) => ({
    ...(await ofOne(run, tools, scene)),
    body: { event: 'reservation.created' },
  }),
  'POST /webhooks/{id}/rotate-secret': ofOne,
  'POST /webhooks/{id}/enable': ofOne,
  'GET /webhooks/{id}/deliveries': ofOne,
  'POST /webhooks/{id}/deliveries/replay': async (run, tools, scene) => ({
    ...(await ofOne(run, tools, scene)),
    query: [['since', '2026-01-01T00:00:00Z']],
  }),
};
