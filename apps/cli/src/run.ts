import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { login, logout, tokenFor } from './auth';
import { exit, type ExitCode, exitOf, Refusal, type Terminal } from './terminal';

const usage = `berth auth login [--url URL] --client ID [--scope "SCOPES"]   sign in by a code in the browser
berth auth status                                              whose name commands run in
berth auth logout                                              take it back
berth admin replay-events READER --after N [--until N]         hands a reader of the event log what follows event N again
berth api METHOD /path [--data JSON]                           a request to the API, like: berth api GET /resources

BERTH_URL and BERTH_TOKEN stand in for a login.`;

/** Runs one command. @returns its exit code */
export async function run(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    return await command(words, terminal);
  } catch (error) {
    if (error instanceof Refusal) {
      terminal.tell(error.message);
      return error.code;
    }
    if (!(error instanceof TypeError)) throw error;
    // What fetch throws when nobody answers.
    terminal.tell(`Berth cannot be reached: ${error.cause instanceof Error ? error.cause.message : error.message}`);
    return exit.unreachable;
  }
}

async function command(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { positionals, values } = read(words);
  switch (positionals.slice(0, 2).join(' ')) {
    case 'auth login': {
      const url = (values.url ?? terminal.environment['BERTH_URL'] ?? '').replace(/\/$/, '');
      if (!url || !values.client) throw new Refusal(exit.usage, usage);
      await login(terminal, { url, clientId: values.client, scope: values.scope });
      return exit.ok;
    }
    case 'auth logout':
      await logout(terminal);
      return exit.ok;
    case 'auth status':
      return request(terminal, 'GET', '/users/me', undefined);
    case 'admin replay-events':
      return replayEvents(terminal, positionals.slice(2), values);
    default: {
      const [noun, method, path] = positionals;
      if (noun !== 'api' || !method || !path?.startsWith('/')) throw new Refusal(exit.usage, usage);
      return request(terminal, method.toUpperCase(), path, values.data);
    }
  }
}

function read(words: readonly string[]) {
  try {
    const text = { type: 'string' } as const;
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { url: text, client: text, scope: text, data: text, after: text, until: text },
    });
  } catch {
    throw new Refusal(exit.usage, usage);
  }
}

/** Asks for it over the API, so that the right to it and the audit log are those of everybody. */
function replayEvents(terminal: Terminal, readers: readonly string[], span: { after?: string; until?: string }): Promise<ExitCode> {
  const [reader] = readers;
  const isCount = (text: string | undefined): boolean => text !== undefined && /^\d{1,15}$/.test(text);
  if (!reader || readers.length > 1 || !isCount(span.after) || !(span.until === undefined || isCount(span.until)))
    throw new Refusal(exit.usage, usage);
  const body = { after: Number(span.after), ...(span.until !== undefined && { until: Number(span.until) }) };
  return request(terminal, 'POST', `/system/readers/${encodeURIComponent(reader)}/replay`, JSON.stringify(body));
}

/** Sends one request; what comes back is data, also a problem. */
async function request(terminal: Terminal, method: string, path: string, data: string | undefined): Promise<ExitCode> {
  const { url, token } = await tokenFor(terminal);
  const answer = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(data !== undefined && { 'content-type': 'application/json' }),
      ...(['POST', 'PATCH'].includes(method) && { 'idempotency-key': randomUUID() }),
    },
    body: data,
  });
  const text = await answer.text();
  if (text !== '') terminal.out(text);
  return exitOf(answer.status);
}
