/**
 * Routes that are no read by their method and leave no event all the same, with why. Any other route of which no accepted
 * request has left an event of its organization under its request id is a finding: the log is the audit trail.
 * @type {readonly (readonly [RegExp, string])[]}
 */
export const LEAVES_NO_EVENT = [
  [/^POST .*\/(preview|simulate|check|search|validate|fitting|look|introspect|options)$/, 'asks what would be, or what is'],
  [/^POST \/identity-providers\/test$/, 'asks a provider for what it publishes, and keeps nothing'],
  [/^POST \/resources\/upload\/failed-rows$/, 'gives back what was sent, as a file'],
  [/^POST \/auth\/(mfa|passkeys)\/setup$/, 'begins what only its confirmation makes true, and tells'],
  [/^POST \/stream\/tickets$/, 'opens a connection of somebody whose sign-in was told'],
  [/^POST \/token\/refresh$/, 'goes on with a session whose beginning and end are told; a token shown twice is'],
  [/^POST \/oauth\/token$/, 'goes on with what was told when the client was registered or let in'],
  [/^POST \/oauth\/device$/, 'asks for a code; who lets the device in tells it'],
  [/^POST \/oauth\/revoke$/, 'names a token nobody has, which is answered like one (RFC 7009 §2.2)'],
  [/^POST \/notifications\/(read-all|{id}\/(read|unread|snooze))$/, 'says what its reader has seen of their own, and changes nothing else'],
  [/^POST \/notifications\/act\/inspect$/, 'shows what a link would do'],
  [/^POST \/system\/readers\/{name}\/replay$/, 'finds an empty span: without a worker no event has its place in the log'],
  [/^DELETE \/auth\/stand-in$/, 'comes from a browser that acts as nobody else here'],
  [/^POST \/demo-data\/(remove|restore)$/, 'finds no demo data here'],
  [/^POST \/webhooks\/{id}\/deliveries\/replay$/, 'finds nothing that failed here'],
];

/** Asks what would happen. */
const isDryRun = ({ query }) => query.some(([name, value]) => name === 'dryRun' && value === 'true');

const isWrite = ({ method }) => !['GET', 'HEAD', 'OPTIONS'].includes(method);

/** Follows which routes have left an event, by the id every request is sent with. */
export class Audited {
  #requests = 0;
  #told = new Set();
  /** @type {Map<string, {input: any, times: number}>} */
  #silent = new Map();

  /** @param {{eventsOf?: (requestId: string) => Promise<number>}} state that of the API cannot look */
  constructor(state) {
    this.state = state;
  }

  /** The id a request goes by, unless it brings its own. */
  named(message) {
    const id = message.headers['x-request-id'] ?? `fuzz-${process.pid}-${this.#requests++}`;
    return { ...message, headers: { ...message.headers, 'x-request-id': id } };
  }

  /** Looks after an accepted write, once for each route that has left one. */
  async look(input, message, { status }) {
    const { operation } = input;
    const name = `${operation.method} ${operation.path.replace('/api/v1', '')}`;
    if (!this.state.eventsOf || status < 200 || status >= 300 || !isWrite(operation) || isDryRun(input) || this.#told.has(operation.name))
      return;
    if (LEAVES_NO_EVENT.some(([pattern]) => pattern.test(name))) return;
    if ((await this.state.eventsOf(message.headers['x-request-id'])) > 0) {
      this.#told.add(operation.name);
      this.#silent.delete(operation.name);
    } else this.#silent.set(operation.name, { input, times: (this.#silent.get(operation.name)?.times ?? 0) + 1 });
  }

  /** Routes of which accepted requests have left nothing, each with the last of them. */
  get silent() {
    return [...this.#silent.values()];
  }
}
