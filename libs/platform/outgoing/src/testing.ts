import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { createServer, type Server, type Socket } from 'node:net';
import type { LookUp } from './safe-fetch';

/** What a name is said to stand for: addresses, or another name. */
export type DnsAnswer = readonly (string | { readonly cname: string })[];

/** A name server that changes its mind. */
export interface DnsStub {
  /** Looks names up there, anew each time. */
  readonly lookUp: LookUp;
  /** How often each name was asked for, A and AAAA together counting as one. */
  readonly asked: ReadonlyMap<string, number>;
  stop(): Promise<void>;
}

/** @param answers of each name one after another, from the start again after the last; all with a TTL of 0 */
export async function startDns(answers: Readonly<Record<string, readonly DnsAnswer[]>>): Promise<DnsStub> {
  const asked = new Map<string, number>();
  const socket = createSocket('udp4');
  socket.on('message', (query, { port, address }) => {
    const { name, type } = questionOf(query);
    const turns = answers[name] ?? [];
    if (type === A) asked.set(name, (asked.get(name) ?? 0) + 1);
    const turn = ((asked.get(name) ?? 1) - 1) % Math.max(1, turns.length);
    const records = (turns[turn] ?? []).flatMap((it) => recordOf(it, type) ?? []);
    socket.send(replyTo(query, records), port, address);
  });
  await new Promise<void>((ready) => socket.bind(0, '127.0.0.1', ready));
  const resolver = new Resolver({ timeout: 1_000, tries: 3 });
  resolver.setServers([`127.0.0.1:${socket.address().port}`]);
  const lookUp: LookUp = async (name) => {
    // One after the other, so that both are of the same turn.
    const four = await resolver.resolve4(name).catch(() => []);
    const six = await resolver.resolve6(name).catch(() => []);
    return [...four.map((address) => ({ address, family: 4 })), ...six.map((address) => ({ address, family: 6 }))];
  };
  return {
    lookUp,
    asked,
    stop: () => new Promise((done) => socket.close(() => done())),
  };
}

const [A, CNAME, AAAA] = [1, 5, 28];

function questionOf(query: Buffer): { name: string; type: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query.readUInt8(at); length > 0; length = query.readUInt8(at)) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1) };
}

/** A record about the name that was asked for (a pointer to it), where it is of the type. */
function recordOf(answer: DnsAnswer[number], type: number): Buffer | undefined {
  const content = typeof answer === 'string' ? bytesOf(answer) : wireName(answer.cname);
  const kind = typeof answer !== 'string' ? CNAME : content.length === 4 ? A : AAAA;
  if (kind !== type && kind !== CNAME) return undefined;
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(kind, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(content.length, 10);
  return Buffer.concat([head, content]);
}

function bytesOf(address: string): Buffer {
  if (!address.includes(':')) return Buffer.from(address.split('.').map(Number));
  const [left = '', right = ''] = address.split('::');
  const groups = (text: string): number[] => (text === '' ? [] : text.split(':').map((it) => parseInt(it, 16)));
  const [head, tail] = [groups(left), groups(right)];
  const all = [...head, ...Array<number>(8 - head.length - tail.length).fill(0), ...tail];
  return Buffer.from(all.flatMap((it) => [it >> 8, it & 255]));
}

const wireName = (name: string): Buffer =>
  Buffer.concat([...name.split('.').map((it) => Buffer.from([it.length, ...Buffer.from(it)])), Buffer.from([0])]);

function replyTo(query: Buffer, records: readonly Buffer[]): Buffer {
  const end = query.indexOf(0, 12) + 5;
  const head = Buffer.from(query.subarray(0, end));
  head.writeUInt16BE(0x8180, 2);
  head.writeUInt16BE(records.length, 6);
  head.writeUInt32BE(0, 8);
  return Buffer.concat([head, ...records]);
}

/** Listens where nothing may come, and counts what does. */
export interface Canary {
  readonly port: number;
  readonly hits: () => number;
  stop(): Promise<void>;
}

/** @param hosts addresses to listen at, all on one port; those this machine has not are left out */
export async function startCanary(hosts: readonly string[], wantedPort = 0): Promise<Canary> {
  let hits = 0;
  let port = wantedPort;
  const servers: Server[] = [];
  const sockets = new Set<Socket>();
  for (const host of hosts) {
    const server = createServer((socket) => {
      hits++;
      sockets.add(socket);
      socket.on('error', () => undefined);
    });
    const listening = await new Promise<boolean>((done) => {
      server.once('error', () => done(false));
      server.listen(port, host, () => done(true));
    });
    if (!listening) continue;
    servers.push(server);
    const bound = server.address();
    if (bound !== null && typeof bound === 'object') port = bound.port;
  }
  return {
    port,
    hits: () => hits,
    stop: async () => {
      for (const it of sockets) it.destroy();
      await Promise.all(servers.map((it) => new Promise((done) => it.close(done))));
    },
  };
}

/** IPv4 addresses of networks nobody on the internet may reach. */
const INSIDE = [
  ...['127.0.0.1', '127.255.255.254', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.0.1', '169.254.169.254', '100.64.0.1'],
  ...['0.0.0.0', '192.0.0.1', '192.0.2.1', '198.18.0.1', '198.51.100.1', '203.0.113.1', '224.0.0.1', '240.0.0.1', '255.255.255.255'],
  ...['10.255.255.255', '192.168.255.255', '169.254.0.1', '100.127.255.255', '198.19.255.255'],
];
const numbersOf = (address: string): number[] => address.split('.').map(Number);
const wholeOf = (address: string): number => numbersOf(address).reduce((sum, it) => sum * 256 + it, 0);
const hexPairs = (address: string): string => {
  const [a = 0, b = 0, c = 0, d = 0] = numbersOf(address);
  return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
};
/** The last parts in one number, as `inet_aton` reads it: `127.1`. */
const joined = (address: string, parts: number): string => {
  const numbers = numbersOf(address);
  return [...numbers.slice(0, parts - 1), numbers.slice(parts - 1).reduce((sum, it) => sum * 256 + it, 0)].join('.');
};
/** Each digit as another character that stands for it. */
const digitsFrom =
  (zero: number) =>
  (address: string): string =>
    address.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));
/** The address of a client behind a Teredo server has all its bits turned over (RFC 4380 §4). */
const turnedOver = (address: string): string =>
  hexPairs(
    numbersOf(address)
      .map((it) => it ^ 255)
      .join('.'),
  );
/** Ways to spell an address that URL parsers, resolvers or gateways understand. */
const FORMS: readonly ((address: string) => string)[] = [
  (it) => it,
  (it) => String(wholeOf(it)),
  (it) => `0x${wholeOf(it).toString(16)}`,
  (it) => `0${wholeOf(it).toString(8)}`,
  (it) =>
    numbersOf(it)
      .map((n) => `0${n.toString(8)}`)
      .join('.'),
  (it) =>
    numbersOf(it)
      .map((n) => `0x${n.toString(16)}`)
      .join('.'),
  (it) => joined(it, 2),
  (it) => joined(it, 3),
  (it) => `0X${wholeOf(it).toString(16).toUpperCase()}`,
  (it) => `0x${wholeOf(it).toString(16).padStart(16, '0')}`,
  (it) =>
    numbersOf(it)
      .map((n, at) => (at % 2 === 0 ? `0x${n.toString(16)}` : `00${n.toString(8)}`))
      .join('.'),
  digitsFrom(0xff10),
  digitsFrom(0x1d7ce),
  digitsFrom(0x1d7f6),
  (it) => it.replaceAll('.', '。'),
  (it) => it.replaceAll('.', '．'),
  (it) => it.replaceAll('.', '｡'),
  (it) => it.replaceAll('.', '%2e'),
  (it) => it.replace(/\d/g, (digit) => `%3${digit}`),
  (it) => `${it}.`,
  (it) => `[::ffff:${it}]`,
  (it) => `[::ffff:${hexPairs(it)}]`,
  (it) => `[0:0:0:0:0:ffff:${hexPairs(it)}]`,
  (it) => `[::FFFF:${hexPairs(it).toUpperCase()}]`,
  (it) => `[::${it}]`,
  (it) => `[64:ff9b::${hexPairs(it)}]`,
  (it) => `[64:ff9b::${it}]`,
  (it) => `[64:ff9b:1::${hexPairs(it)}]`,
  (it) => `[2001:0:4136:e378:8000:63bf:${turnedOver(it)}]`,
  (it) => `[2002:${hexPairs(it)}::1]`,
];
const NAMES = ['localhost', 'LOCALHOST', 'localhost.', '127.1', '127.0.1', '0x7f.1', '①②⑦.⓪.⓪.①', '0'];
const V6 = [
  ...['[::1]', '[0:0:0:0:0:0:0:1]', '[::]', '[fe80::1]', '[fc00::1]', '[fd00:ec2::254]', '[ff02::1]', '[2001:db8::1]', '[100::1]'],
  ...['[3fff::1]', '[5f00::1]', '[2001:0:7f00:1::]', '[::ffff:0:127.0.0.1]'],
];

/** Hosts that stand for something inside, however they are spelled. */
export const insideSpellings: readonly string[] = [...INSIDE.flatMap((it) => FORMS.map((form) => form(it))), ...NAMES, ...V6];
