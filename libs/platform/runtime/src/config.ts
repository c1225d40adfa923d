import { isIP } from 'node:net';
import { resolve } from 'node:path';

export type ProcessRole = 'api' | 'worker';

/** What an operator may set, read from the environment once at start. `.env.example` is generated from `configKeys`. */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  /** Owner URL of an external PostgreSQL; undefined starts the embedded one. */
  readonly databaseUrl: string | undefined;
  readonly databasePoolSize: number;
  /** Redis that spreads work over the workers of an installation; undefined lets each look for itself. Nothing is lost with it. */
  readonly redisUrl: string | undefined;
  /** Address people reach Berth at, without a trailing slash; undefined is the address it listens on. */
  readonly publicUrl: string | undefined;
  readonly roles: ReadonlySet<ProcessRole>;
  readonly setupToken: string | undefined;
  /** Lets somebody add an administrator once, within half an hour of the start. */
  readonly setupReopenToken: string | undefined;
  readonly loadsDemo: boolean;
  /** 32 bytes that seal secrets in the database; undefined keeps a generated key in the data directory. */
  readonly secretKey: Buffer | undefined;
  readonly logLevel: string;
  /** SMTP server letters leave by; undefined sends none. */
  readonly smtpUrl: string | undefined;
  /** Who letters are from; undefined is `no-reply` at the host of the public URL. */
  readonly mailFrom: string | undefined;
  /** `false` counts no requests: for load tests. */
  readonly limitsRates: boolean;
  /** Proxies in front that may say whom they speak for (`X-Forwarded-For`). */
  readonly trustedProxies: number;
  /** For how long it goes on serving after `/ready` says that it ends, so that whoever is in front sends requests elsewhere. */
  readonly drainSeconds: number;
  /** Networks (CIDR) Berth may send requests to besides the public internet, also without https. */
  readonly allowedNetworks: readonly string[];
}

interface ConfigKey {
  readonly name: string;
  readonly fallback: string;
  readonly comment: string;
}

export const configKeys: readonly ConfigKey[] = [
  { name: 'PORT', fallback: '3000', comment: 'Port of API and console; 0 takes a free one.' },
  { name: 'HOST', fallback: '127.0.0.1', comment: 'Address to listen on.' },
  { name: 'BERTH_DATA_DIR', fallback: '.data', comment: 'Where the embedded database and the generated secret live.' },
  { name: 'DATABASE_URL', fallback: '', comment: 'PostgreSQL 15 or newer, as the owner of the database; empty starts the embedded one.' },
  { name: 'BERTH_DATABASE_POOL_SIZE', fallback: '20', comment: 'Connections the server keeps at most.' },
  {
    name: 'REDIS_URL',
    fallback: '',
    comment: 'Redis that spreads work over several workers, like redis://127.0.0.1:6379; empty needs none. It may be lost at any time.',
  },
  { name: 'BERTH_PUBLIC_URL', fallback: '', comment: 'Address people use, for links and the Origin check; empty is where it listens.' },
  { name: 'BERTH_ROLES', fallback: 'api,worker', comment: 'What this process does.' },
  { name: 'BERTH_SETUP_TOKEN', fallback: '', comment: 'Token of the first set-up; empty generates one and prints it once.' },
  {
    name: 'SETUP_REOPEN_TOKEN',
    fallback: '',
    comment: 'Adds an administrator where none can sign in: 32 characters or more, good once, within 30 minutes of the start.',
  },
  { name: 'BERTH_DEMO', fallback: '', comment: '1 loads the demo organization into an empty database.' },
  {
    name: 'BERTH_SECRET_KEY',
    fallback: '',
    comment: '64 hex digits that seal secrets in the database; empty keeps a generated key in the data directory.',
  },
  {
    name: 'SMTP_URL',
    fallback: '',
    comment: 'Server mail leaves by, like smtps://user:password@mail.example.org; empty sends none. BERTH_SMTP_URL is the same.',
  },
  {
    name: 'BERTH_MAIL_FROM',
    fallback: '',
    comment: 'Sender, like Berth <berth@example.org>; empty is no-reply at the host of the public URL.',
  },
  { name: 'BERTH_LOG_LEVEL', fallback: 'info', comment: 'fatal, error, warn, info, debug or trace.' },
  { name: 'BERTH_RATE_LIMIT', fallback: '', comment: 'off counts no requests; for load tests.' },
  {
    name: 'BERTH_TRUSTED_PROXIES',
    fallback: '0',
    comment: 'How many proxies stand in front; as many entries of X-Forwarded-For are believed, from the last.',
  },
  {
    name: 'BERTH_DRAIN_SECONDS',
    fallback: '',
    comment: 'Seconds it serves on after SIGTERM while /ready says 503; empty is 5 behind BERTH_TRUSTED_PROXIES, else 1.',
  },
  {
    name: 'BERTH_ALLOWED_NETWORKS',
    fallback: '',
    comment: 'Networks Berth may send requests to besides the public internet, like 10.0.0.0/8,fd00::/8; there also without https.',
  },
];

/** Names other programs of Berth or later releases read; present without effect here. */
const foreignKeys = ['BERTH_URL', 'BERTH_TOKEN', 'BERTH_E2E_URL'];
/** The same under the name its neighbours have. */
const SMTP_ALIAS = 'BERTH_SMTP_URL';

/**
 * @throws Error with one line for each value that is wrong, or for a `BERTH_…` name that does not exist
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const errors = unknownKeys(environment);
  const value = (name: string): string => environment[name]?.trim() || configKeys.find((it) => it.name === name)?.fallback || '';
  const number = (name: string, min: number, max: number): number => {
    const parsed = Number(value(name));
    if (!Number.isInteger(parsed) || parsed < min || parsed > max) errors.push(`${name} must be a whole number from ${min} to ${max}`);
    return parsed;
  };

  const roles = value('BERTH_ROLES')
    .split(',')
    .map((it) => it.trim());
  if (!roles.every((it) => it === 'api' || it === 'worker')) errors.push('BERTH_ROLES takes api, worker or both');
  const secret = value('BERTH_SECRET_KEY');
  if (secret && !/^[0-9a-f]{64}$/i.test(secret)) errors.push('BERTH_SECRET_KEY must be 64 hex digits');
  if (!['', 'on', 'off'].includes(value('BERTH_RATE_LIMIT'))) errors.push('BERTH_RATE_LIMIT takes on or off');
  const reopens = value('SETUP_REOPEN_TOKEN');
  if (reopens && reopens.length < 32) errors.push('SETUP_REOPEN_TOKEN must have 32 characters or more');
  const publicUrl = value('BERTH_PUBLIC_URL');
  if (publicUrl && !/^https?:\/\/[^/]+$/.test(publicUrl.replace(/\/$/, '')))
    errors.push('BERTH_PUBLIC_URL must be an http(s) address without a path');

  const redisUrl = value('REDIS_URL');
  if (redisUrl && !/^rediss?:\/\/[^/]+/.test(redisUrl)) errors.push('REDIS_URL must be a redis or rediss address');

  const smtpUrl = value('SMTP_URL') || value(SMTP_ALIAS);
  if (smtpUrl && !/^smtps?:\/\/[^/]+/.test(smtpUrl)) errors.push('SMTP_URL must be an smtp or smtps address');
  const mailFrom = value('BERTH_MAIL_FROM');
  if (mailFrom && !/^([^\p{Cc}<>@",;:\\]+<[^\s<>@,;]+@[^\s<>@,;]+>|[^\s<>@,;]+@[^\s<>@,;]+)$/u.test(mailFrom))
    errors.push('BERTH_MAIL_FROM must be an address, or a name and an address like Berth <berth@example.org>');

  const allowedNetworks = value('BERTH_ALLOWED_NETWORKS')
    .split(',')
    .map((it) => it.trim())
    .filter((it) => it !== '');
  if (!allowedNetworks.every(isNetwork)) errors.push('BERTH_ALLOWED_NETWORKS takes networks like 10.0.0.0/8, parted by commas');

  const trustedProxies = number('BERTH_TRUSTED_PROXIES', 0, 10);
  const config: Config = {
    port: number('PORT', 0, 65535),
    host: value('HOST'),
    dataDir: resolve(value('BERTH_DATA_DIR')),
    databaseUrl: value('DATABASE_URL') || undefined,
    databasePoolSize: number('BERTH_DATABASE_POOL_SIZE', 2, 500),
    redisUrl: redisUrl || undefined,
    publicUrl: publicUrl.replace(/\/$/, '') || undefined,
    roles: new Set(roles as ProcessRole[]),
    setupToken: value('BERTH_SETUP_TOKEN') || undefined,
    setupReopenToken: reopens || undefined,
    loadsDemo: value('BERTH_DEMO') === '1',
    secretKey: secret ? Buffer.from(secret, 'hex') : undefined,
    logLevel: value('BERTH_LOG_LEVEL'),
    smtpUrl: smtpUrl || undefined,
    mailFrom: mailFrom || undefined,
    limitsRates: value('BERTH_RATE_LIMIT') !== 'off',
    trustedProxies,
    drainSeconds: value('BERTH_DRAIN_SECONDS') ? number('BERTH_DRAIN_SECONDS', 0, 300) : trustedProxies > 0 ? 5 : 1,
    allowedNetworks,
  };
  if (errors.length > 0) throw new Error(`The configuration is not right:\n${errors.map((it) => `  ${it}`).join('\n')}`);
  return config;
}

/** An address with the length of its prefix, as CIDR notation has it. */
function isNetwork(text: string): boolean {
  const [, address = '', bits] = /^([0-9a-fA-F.:]+)\/(\d{1,3})$/.exec(text) ?? [];
  return isIP(address) !== 0 && Number(bits) <= (isIP(address) === 4 ? 32 : 128);
}

function unknownKeys(environment: Readonly<Record<string, string | undefined>>): string[] {
  const known = [...configKeys.map((it) => it.name), ...foreignKeys, SMTP_ALIAS];
  return Object.keys(environment)
    .filter((name) => name.startsWith('BERTH_') && !known.includes(name))
    .map((name) => {
      const nearest = known.reduce((best, it) => (distance(it, name) < distance(best, name) ? it : best));
      return `${name} is not a setting; did you mean ${nearest}?`;
    });
}

/** Levenshtein distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length]!;
}
