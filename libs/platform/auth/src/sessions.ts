import { allPermissions, catalogueEvent, closedToStandIns, Problem } from '@berth/contracts';
import { isId, newId } from '@berth/kernel';
import { Database, type Sql, sql, type Tx, type Via } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock, requestServed, Secrets } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { ACCESS_TOKEN_SECONDS, AccessTokens } from './access-tokens';
import type { Rights } from './rights';
import { rightsColumns, type RightsRow, toRights } from './rights.store';
import { stillMayStandIn } from './stand-in.store';

const SESSION_DAYS = 30;
/** A second tab that refreshes with the token just replaced gets the same successor within this time. */
const GRACE_MS = 10_000;
/** How long a process may go on believing that a session lives. */
const BELIEF_MS = 4_000;
/** How exactly it is known when a session was used last. */
const SEEN_MS = 60_000;

/** What a sign-in gives; names as OAuth 2.0 has them (RFC 6749 §5.1). */
export interface TokenAnswer {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly token_type: 'Bearer';
  /** Seconds. */
  readonly expires_in: number;
}

/** The person behind a living session, with what they may do. */
export interface Principal extends Rights {
  readonly sessionId: string;
  readonly accountId: string;
  readonly organizationId: string;
  readonly displayName: string;
  /** What it was recognised by. */
  readonly via: Via;
  /** The OAuth2 client that holds the token; left out for people and their own tokens. */
  readonly client?: ActingClient;
  /** A token that has a limit of requests of its own. */
  readonly limitedToken?: string;
}

/** An OAuth2 client that acts in somebody's name. */
export interface ActingClient {
  readonly id: string;
  /** What the person allowed; null where the client asked by itself and has the rights of its owner. */
  readonly grantId: string | null;
}

/** Some sessions of one account; all but null are all. */
export type OwnSessions = { readonly only: string } | { readonly allBut: string | null };

export type EndReason =
  'signed-out' | 'ended-by-owner' | 'password-changed' | 'second-factor-changed' | 'suspended' | 'ended-by-admin' | 'erased';

interface SessionRow {
  id: string;
  org_id: string;
  account_id: string;
  token_hash: Buffer;
  previous_hash: Buffer | null;
  successor_sealed: Buffer | null;
  rotated_at: Date | null;
  expires_at: Date;
  revoked_at: Date | null;
}

interface PrincipalRow extends RightsRow {
  session_id: string;
  account_id: string;
  org_id: string;
  display_name: string;
  stood_in_by: string | null;
  stood_in_from: string | null;
}

/** What is left of a person's rights to who acts as them. */
const leftToStandIns = new Set(allPermissions.filter((it) => !closedToStandIns.has(it)));

/**
 * Sign-ins and their refresh tokens. A token is `session id . secret`; each use replaces it, and showing an older one
 * than the one before ends the session on every device that has it.
 */
@Injectable()
export class Sessions {
  private readonly asking = new Map<string, Promise<Principal | undefined>>();
  private readonly believed = new LRUCache<string, { principal: Principal | undefined; until: number }>({ max: 50_000 });

  constructor(
    private readonly database: Database,
    private readonly tokens: AccessTokens,
    private readonly outbox: Outbox,
    private readonly secrets: Secrets,
    private readonly clock: Clock,
  ) {}

  /** Opens a session in the transaction that checked who it is. */
  async open(
    tx: Tx,
    account: { id: string; organizationId: string; provedBy?: string },
    device: { userAgent?: string; address?: string | null },
  ): Promise<TokenAnswer> {
    const id = newId();
    const secret = randomBytes(32);
    const now = this.clock.now();
    await tx.sql`
      insert into session (id, org_id, account_id, token_hash, created_at, expires_at, user_agent, address, proved_by)
      values (${id}, ${account.organizationId}, ${account.id}, ${sha256(secret)}, ${now}, ${new Date(now.getTime() + SESSION_DAYS * 86_400_000)},
              ${device.userAgent?.slice(0, 500) ?? null}, ${device.address ?? null}, ${account.provedBy ?? null})`;
    return this.answer({ id, org_id: account.organizationId, account_id: account.id }, secret);
  }

  /**
   * @throws Problem `invalid-token` when the token is unknown, ended, expired or was used before
   */
  async refresh(refreshToken: string): Promise<TokenAnswer> {
    const { id, secret } = parse(refreshToken);
    const outcome = await this.database.systemTransaction((tx) => this.rotate(tx, id, secret));
    if (!outcome) throw new Problem('invalid-token');
    return this.answer(outcome.session, outcome.secret);
  }

  /**
   * Ends sessions of an account in the transaction that is the reason for it. Those in which others act as it are not its own.
   * @returns which of those that are meant still lived
   */
  async endOwn(tx: Tx, account: { id: string; organizationId: string }, which: OwnSessions, reason: EndReason): Promise<string[]> {
    const ended = await tx.sql<{ id: string }>`
      update session set revoked_at = ${this.clock.now()}, revoked_reason = ${reason}
      where org_id = ${account.organizationId} and account_id = ${account.id} and stood_in_by is null and revoked_at is null
        and ${'only' in which ? sql`id = ${which.only}` : sql`id is distinct from ${which.allBut}::uuid`}
      returning id`;
    tx.afterCommit(() => ended.forEach(({ id }) => this.believed.delete(id)));
    return ended.map((it) => it.id);
  }

  /** Ends a session; of somebody who stands in, the one of their own. */
  async end(sessionId: string, reason: EndReason): Promise<void> {
    await this.database.systemTransaction(async (tx) => {
      const [ended] = await tx.sql<Pick<SessionRow, 'id' | 'org_id' | 'account_id'>>`
        update session set revoked_at = ${this.clock.now()}, revoked_reason = ${reason}
        where id = coalesce((select stood_in_from from session where id = ${sessionId}), ${sessionId}) and revoked_at is null
        returning id, org_id, account_id`;
      if (!ended) return;
      await this.outbox.append(tx, ownerOf(ended), catalogueEvent('session.revoked', { id: ended.id, after: { reason } }));
      tx.afterCommit(() => this.forget(ended.id));
    });
    this.forget(sessionId);
  }

  /** What ended in this process stops at once in it. */
  forget(sessionId: string): void {
    this.believed.delete(sessionId);
  }

  /** The person behind a session, or undefined when it has ended; at most 4 s old. */
  async principal(sessionId: string): Promise<Principal | undefined> {
    const now = this.clock.now().getTime();
    const known = this.believed.get(sessionId);
    if (known && known.until > now) return known.principal;
    // A thousand requests of one session ask the database once.
    const asking = this.asking.get(sessionId) ?? this.ask(sessionId, now).finally(() => this.asking.delete(sessionId));
    this.asking.set(sessionId, asking);
    return asking;
  }

  /** The people behind sessions as they are now, in one statement; those that have ended are left out. */
  async principals(sessionIds: readonly string[]): Promise<Map<string, Principal>> {
    const now = this.clock.now().getTime();
    const rows = await this.living([...sessionIds], new Date(now));
    const found = new Map(rows.map((row) => [row.session_id, toPrincipal(row)]));
    for (const id of sessionIds) this.believed.set(id, { principal: found.get(id), until: now + BELIEF_MS });
    return found;
  }

  private async ask(sessionId: string, now: number): Promise<Principal | undefined> {
    const [row] = await this.living([sessionId], new Date(now));
    const principal = row && toPrincipal(row);
    this.believed.set(sessionId, { principal, until: now + BELIEF_MS });
    return principal;
  }

  private async living(sessionIds: readonly string[], now: Date): Promise<PrincipalRow[]> {
    const rows = await this.database.system.sql<PrincipalRow>`
      with seen as (
        update session set last_seen_at = ${now}
        where id = any(${sessionIds}::uuid[]) and coalesce(last_seen_at, created_at) < ${new Date(now.getTime() - SEEN_MS)}
      )
      select s.id as session_id, s.stood_in_by, s.stood_in_from, a.id as account_id, a.org_id, a.display_name, a.role, ${rightsColumns(now)}
      from session s join account a on a.org_id = s.org_id and a.id = s.account_id
      where s.id = any(${sessionIds}::uuid[]) and s.revoked_at is null and s.expires_at > ${now} and a.status = 'active'`;
    const go = await Promise.all(rows.map((row) => this.goesOn(row, now)));
    return rows.filter((_, n) => go[n]);
  }

  /** Whether somebody who acts as the account still may; most act as themselves. */
  private async goesOn(row: PrincipalRow, now: Date): Promise<boolean> {
    const { org_id: organizationId, account_id: accountId, stood_in_by: by, stood_in_from: from } = row;
    return by === null || from === null || stillMayStandIn(this.database.system, { organizationId, accountId, by, from }, now);
  }

  private async rotate(tx: Tx, id: string, presented: Buffer): Promise<{ session: SessionRow; secret: Buffer } | undefined> {
    const now = this.clock.now();
    const [session] = await tx.sql<SessionRow>`select * from session where id = ${id} for update`;
    if (!session || session.revoked_at || session.expires_at <= now) return undefined;

    if (same(session.token_hash, sha256(presented))) {
      const secret = randomBytes(32);
      await tx.sql`
        update session
        set token_hash = ${sha256(secret)}, previous_hash = token_hash, rotated_at = ${now},
            successor_sealed = ${this.secrets.seal(secret, `session/${id}/successor`)}
        where id = ${id}`;
      return { session, secret };
    }
    const raced =
      same(session.previous_hash, sha256(presented)) && session.rotated_at && now.getTime() - session.rotated_at.getTime() < GRACE_MS;
    if (raced && session.successor_sealed)
      return { session, secret: this.secrets.open(session.successor_sealed, `session/${id}/successor`) };

    await tx.sql`update session set revoked_at = ${now}, revoked_reason = 'token-reuse' where id = ${id}`;
    await this.outbox.append(tx, ownerOf(session), catalogueEvent('session.reuse_detected', { id }));
    tx.afterCommit(() => this.believed.delete(id));
    return undefined;
  }

  private async answer(session: Pick<SessionRow, 'id' | 'org_id' | 'account_id'>, secret: Buffer): Promise<TokenAnswer> {
    const access = await this.tokens.sign({ sessionId: session.id, accountId: session.account_id, organizationId: session.org_id });
    return {
      access_token: access,
      refresh_token: `${session.id}.${secret.toString('base64url')}`,
      token_type: 'Bearer',
      expires_in: ACCESS_TOKEN_SECONDS,
    };
  }
}

const toPrincipal = (row: PrincipalRow): Principal => ({
  sessionId: row.session_id,
  accountId: row.account_id,
  organizationId: row.org_id,
  displayName: row.display_name,
  via: row.stood_in_by === null ? { kind: 'session', id: row.session_id } : { kind: 'stand-in', id: row.session_id, by: row.stood_in_by },
  ...toRights(row),
  ...(row.stood_in_by !== null && { scopes: leftToStandIns }),
});

/** Whoever shows the token of a session is taken for its owner. */
const ownerOf = ({ id, org_id: organizationId, account_id: accountId }: Pick<SessionRow, 'id' | 'org_id' | 'account_id'>) => ({
  ...{ organizationId, accountId, requestId: requestServed() },
  via: { kind: 'session', id } as const,
});

function parse(token: string): { id: string; secret: Buffer } {
  const [id = '', secret = ''] = token.split('.');
  const bytes = Buffer.from(secret, 'base64url');
  if (!isId(id) || bytes.length !== 32) throw new Problem('invalid-token');
  return { id, secret: bytes };
}

const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();
const same = (stored: Buffer | null, presented: Buffer): boolean =>
  stored?.length === presented.length && timingSafeEqual(stored, presented);

const KEPT_MS = 90 * 86_400_000;

/** Forgets sessions that ended long ago. */
export async function sweepSessions(database: Sql, now: Date): Promise<void> {
  const since = new Date(now.getTime() - KEPT_MS);
  await database.sql`delete from session where expires_at < ${since} or revoked_at < ${since}`;
}
