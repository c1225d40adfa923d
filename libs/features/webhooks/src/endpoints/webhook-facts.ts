import type { WebhookSettings } from './webhook';

/** What the log says of a webhook: of its address only the host, of its headers only the names, as the rest may be a secret. */
export const factsOf = ({ name, url, events, scope, payload, headers, state }: WebhookSettings): Readonly<Record<string, unknown>> => ({
  ...{ name, host: new URL(url).host, events, scope, payload, state },
  headers: headers.map((it) => it.name),
});
