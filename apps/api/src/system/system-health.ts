import { Database } from '@berth/platform/database';
import { MailTransport } from '@berth/platform/mail';
import { Clock, CONFIG, type Config } from '@berth/platform/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { access, constants, statfs } from 'node:fs/promises';

/** How one part of the installation is doing: `unused` is neither good nor bad. */
export type HealthState = 'ok' | 'warning' | 'failed' | 'unused';
export const healthParts = ['database', 'cache', 'mail', 'live', 'readers', 'queues', 'clock', 'storage'] as const;
export type HealthPart = (typeof healthParts)[number];

/** What was found about one part. */
export interface HealthFinding {
  readonly part: HealthPart;
  readonly state: HealthState;
  /** What it is, stable; the console has the sentence and the fix for it. */
  readonly code: string;
  /** Numbers and names the sentence needs; nothing secret. */
  readonly facts: Readonly<Record<string, string | number | boolean>>;
}

const SLOW_MS = 250;
/** The sequencer places events within milliseconds; older ones mean that no worker runs, or not fast enough. */
const LATE_SECONDS = 15;
/** A reader takes some thousand a second. */
const MUCH_BEHIND = 10_000;
/** As many are counted at most. */
const MUCH_DUE = 1_000;
/** Workers report every ten seconds. */
const QUEUES_SEEN_SECONDS = 60;
/** The first tries are over by then. */
const MAIL_LATE_MS = 300_000;
const SKEW_MS = 1_000;
const LITTLE_BYTES = 1024 ** 3;

/** Looks at what this process runs on, now. Says only what it has seen. */
@Injectable()
export class SystemHealth {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
    private readonly mail: MailTransport,
  ) {}

  /** In the order of `healthParts`. */
  async look(): Promise<HealthFinding[]> {
    const [database, mail, live, readers, { cache, queues }, storage] = await Promise.all([
      this.lookAtDatabase(),
      this.lookAtMail(),
      this.lookAtLog(),
      this.lookAtReaders(),
      this.lookAtQueues(),
      this.lookAtStorage(),
    ]);
    return [database.finding, cache, mail, live, readers, queues, clockFinding(database.skewMs), storage];
  }

  private async lookAtDatabase(): Promise<{ finding: HealthFinding; skewMs: number }> {
    const from = performance.now();
    const asked = this.clock.now().getTime();
    const [row] = await this.database.system.sql<{ version: string; bytes: number; now: Date }>`
      select current_setting('server_version') as version, pg_database_size(current_database())::float8 as bytes, clock_timestamp() as now`;
    const milliseconds = Math.round(performance.now() - from);
    const facts = { version: row?.version ?? '', bytes: row?.bytes ?? 0, milliseconds, embedded: this.config.databaseUrl === undefined };
    const isSlow = milliseconds > SLOW_MS;
    return {
      finding: { part: 'database', state: isSlow ? 'warning' : 'ok', code: isSlow ? 'database-slow' : 'database-answers', facts },
      // It read its clock somewhere between question and answer.
      skewMs: (row?.now.getTime() ?? asked) - (asked + milliseconds / 2),
    };
  }

  /** Whether the server answers, and whether letters wait that should have left long ago. */
  private async lookAtMail(): Promise<HealthFinding> {
    if (!this.mail.isSetUp) return { part: 'mail', state: 'unused', code: 'mail-not-set-up', facts: {} };
    const [reason, [row]] = await Promise.all([
      this.mail.check(),
      this.database.system.sql<{ waiting: number }>`
        select count(*)::int as waiting from mail
        where state = 'waiting' and created_at < ${new Date(this.clock.now().getTime() - MAIL_LATE_MS)}`,
    ]);
    const facts = { server: this.mail.server, waiting: row?.waiting ?? 0 };
    if (reason !== undefined) return { part: 'mail', state: 'failed', code: 'mail-not-reached', facts: { ...facts, reason } };
    const isLate = facts.waiting > 0;
    return { part: 'mail', state: isLate ? 'warning' : 'ok', code: isLate ? 'mail-late' : 'mail-answers', facts };
  }

  private async lookAtLog(): Promise<HealthFinding> {
    const [row] = await this.database.system.sql<{ waiting: number; seconds: number }>`
      select count(*)::int as waiting, coalesce(extract(epoch from clock_timestamp() - min(at)), 0)::float8 as seconds
      from event where sequence is null`;
    const facts = { waiting: row?.waiting ?? 0, seconds: Math.round(row?.seconds ?? 0) };
    if (facts.seconds <= LATE_SECONDS) return { part: 'live', state: 'ok', code: 'live-delivers', facts };
    return { part: 'live', state: 'failed', code: this.config.roles.has('worker') ? 'live-late' : 'live-no-worker', facts };
  }

  /** Whether those who follow the log are near its end, and whether one of them goes on without an event. */
  private async lookAtReaders(): Promise<HealthFinding> {
    const [row] = await this.database.system.sql<{ readers: number; behind: number; stumbling: number; parked: number }>`
      select count(*)::int as readers, coalesce(max(h.position - r.position), 0)::int as behind, count(r.error)::int as stumbling,
             (select count(*)::int from event_parked) as parked
      from event_reader r cross join event_log_head h`;
    const facts = { readers: row?.readers ?? 0, behind: row?.behind ?? 0, stumbling: row?.stumbling ?? 0, parked: row?.parked ?? 0 };
    if (facts.parked > 0) return { part: 'readers', state: 'failed', code: 'readers-parked', facts };
    const isLate = facts.behind > MUCH_BEHIND || facts.stumbling > 0;
    return { part: 'readers', state: isLate ? 'warning' : 'ok', code: isLate ? 'readers-late' : 'readers-follow', facts };
  }

  /** What the workers saw of the queues and of Redis a moment ago. */
  private async lookAtQueues(): Promise<{ cache: HealthFinding; queues: HealthFinding }> {
    const rows = await this.database.system.sql<{ name: string; due: number; redis: string | null }>`
      select name, due, redis from work_queue where looked_at > clock_timestamp() - make_interval(secs => ${QUEUES_SEEN_SECONDS}) order by name`;
    const due = rows.reduce((sum, it) => sum + it.due, 0);
    const isLong = rows.some((it) => it.due >= MUCH_DUE);
    const facts = { due, ...Object.fromEntries(rows.map((it) => [it.name, it.due])) };
    return {
      cache: cacheFinding(
        this.config.redisUrl !== undefined,
        rows.map((it) => it.redis),
      ),
      queues: { part: 'queues', state: isLong ? 'warning' : 'ok', code: isLong ? 'queues-long' : 'queues-work', facts },
    };
  }

  private async lookAtStorage(): Promise<HealthFinding> {
    const { dataDir, databaseUrl, secretKey } = this.config;
    if (databaseUrl !== undefined && secretKey !== undefined)
      return { part: 'storage', state: 'unused', code: 'storage-not-needed', facts: {} };
    try {
      await access(dataDir, constants.W_OK);
      const { bavail, blocks, bsize } = await statfs(dataDir);
      const facts = { directory: dataDir, freeBytes: bavail * bsize, totalBytes: blocks * bsize };
      const isLow = facts.freeBytes < LITTLE_BYTES;
      return { part: 'storage', state: isLow ? 'warning' : 'ok', code: isLow ? 'storage-low' : 'storage-writable', facts };
    } catch (error) {
      const reason = (error as NodeJS.ErrnoException).code ?? 'unknown';
      return { part: 'storage', state: 'failed', code: 'storage-not-writable', facts: { directory: dataDir, reason } };
    }
  }
}

/** Redis, as the workers found it: nothing is lost where it is away. */
function cacheFinding(isSet: boolean, seen: readonly (string | null)[]): HealthFinding {
  const finding = (state: HealthState, code: string): HealthFinding => ({ part: 'cache', state, code, facts: {} });
  if (!isSet) return finding('unused', 'cache-not-needed');
  if (seen.includes('away')) return finding('warning', 'cache-away');
  return seen.includes('reached') ? finding('ok', 'cache-answers') : finding('warning', 'cache-not-seen');
}

function clockFinding(skewMs: number): HealthFinding {
  const seconds = Math.round(skewMs / 100) / 10;
  const isApart = Math.abs(skewMs) > SKEW_MS;
  return { part: 'clock', state: isApart ? 'warning' : 'ok', code: isApart ? 'clock-apart' : 'clock-agrees', facts: { seconds } };
}
