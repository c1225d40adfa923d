import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { run } from './run';
import { exit } from './terminal';

interface Asked {
  readonly what: string;
  readonly key: string | string[] | undefined;
  readonly body: unknown;
}

const asked: Asked[] = [];
let status = 202;
const server = createServer((request, response) => {
  void textOf(request).then((text) => {
    const { method, url, headers } = request;
    asked.push({ what: `${method} ${url}`, key: headers['idempotency-key'], body: text === '' ? undefined : JSON.parse(text) });
    response.writeHead(status, { 'content-type': 'application/json' }).end('{"reader":"waitlist"}');
  });
});

beforeAll(() => once(server.listen(0, '127.0.0.1'), 'listening'));
afterAll(() => server.close());
beforeEach(() => {
  asked.length = 0;
  status = 202;
});

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

async function berth(...words: string[]) {
  const out: string[] = [];
  const told: string[] = [];
  const { port } = server.address() as AddressInfo;
  const code = await run(words, {
    environment: { BERTH_URL: `http://127.0.0.1:${port}/`, BERTH_TOKEN: 'token' },
    out: (text) => void out.push(text),
    tell: (text) => void told.push(text),
    wait: () => Promise.resolve(),
    now: () => 0,
  });
  return { code, out, told };
}

describe('berth admin replay-events', () => {
  it('has a reader take a span of the log again, by one request with a key of its own', async () => {
    const { code, out } = await berth('admin', 'replay-events', 'waitlist', '--after', '0', '--until', '40');
    await berth('admin', 'replay-events', 'a/b', '--after', '7');

    expect([code, out]).toEqual([exit.ok, ['{"reader":"waitlist"}']]);
    expect(asked.map(({ what, body }) => [what, body])).toEqual([
      ['POST /api/v1/system/readers/waitlist/replay', { after: 0, until: 40 }],
      ['POST /api/v1/system/readers/a%2Fb/replay', { after: 7 }],
    ]);
    expect(asked[0]?.key).not.toBe(asked[1]?.key);
  });

  it('ends as the API answers', async () => {
    status = 403;
    expect((await berth('admin', 'replay-events', 'waitlist', '--after', '0')).code).toBe(exit.forbidden);
    status = 404;
    expect((await berth('admin', 'replay-events', 'nobody', '--after', '0')).code).toBe(exit.notFound);
  });

  it('says how it is used and asks for nothing where a word is missing or wrong', async () => {
    const wrong = [
      [],
      ['waitlist'],
      ['waitlist', '--after', 'x'],
      ['waitlist', '--after', '1', '--until', '-2'],
      ['a', 'b', '--after', '1'],
    ];
    for (const words of wrong) {
      const { code, told } = await berth('admin', 'replay-events', ...words);
      expect([code, told.join().includes('replay-events READER')]).toEqual([exit.usage, true]);
    }
    expect(asked).toEqual([]);
  });
});
