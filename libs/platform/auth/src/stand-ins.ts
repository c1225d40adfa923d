import { catalogueEvent, Problem } from '@berth/contracts';
import { formatInstant, newId } from '@berth/kernel';
import { Database, type Sql, sql, type Statement, type Tx } from '@berth/platform/database';
import { type Doer, Outbox } from '@berth/platform/outbox';
import { Clock, requestServed } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { AccessTokens } from './access-tokens';
import type { Actor } from './actor';
import { Sessions } from './sessions';
import { endStandIns, type StandInEnd } from './stand-in.store';

export const STAND_IN_MINUTES = 30;

/** A session in which somebody acts as an account. */
export interface BegunStandIn {
  readonly sessionId: string;
  readonly accountId: string;
  readonly by: string;
  readonly until: Date;
}

/**
 * Sessions in which somebody acts as another person. Each hangs on their own session, is never refreshed, and is over when that
 * one is, when they lose the right, or when the person comes to hold more than they do; see `Sessions` for how soon.
 */
@Injectable()
export class StandIns {
  constructor(
    private readonly database: Database,
    private readonly tokens: AccessTokens,
    private readonly sessions: Sessions,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Opens one in the transaction that found it allowed; one begun before ends. */
  async begin(tx: Tx, actor: Actor, accountId: string, reason: string): Promise<BegunStandIn> {
    const now = this.clock.now();
    const by = actor.accountId;
    await this.endThose(tx, sql`stood_in_by = ${by}`, 'replaced', actor);
    const id = newId();
    const [row] = await tx.sql<{ expires_at: Date }>`
      insert into session (id, org_id, account_id, token_hash, created_at, expires_at, stood_in_by, stood_in_from, stand_in_reason)
      select ${id}, s.org_id, ${accountId}, ${randomBytes(32)}, ${now}::timestamptz,
             least(${now}::timestamptz + make_interval(mins => ${STAND_IN_MINUTES}), s.expires_at), ${by}, s.id, ${reason}
      from session s where s.org_id = ${actor.organizationId} and s.id = ${actor.sessionId}
      returning expires_at`;
    const until = row!.expires_at;
    await this.outbox.append(
      tx,
      actor,
      catalogueEvent('stand_in.started', { id: accountId, after: { reason, until: formatInstant(until) } }),
    );
    return { sessionId: id, accountId, by, until };
  }

  /** The one token of a stand-in: as long as itself, and nothing renews it. */
  tokenOf(actor: Pick<Actor, 'organizationId'>, { sessionId, accountId, by, until }: BegunStandIn): Promise<string> {
    return this.tokens.sign({ sessionId, accountId, organizationId: actor.organizationId, standInBy: by }, until);
  }

  /** Stops the one a token is of; nothing happens where it is over, or the token is none. */
  async stop(token: string): Promise<void> {
    const claims = await this.tokens.verify(token).catch((error: unknown) => {
      if (error instanceof Problem) return undefined;
      throw error;
    });
    if (claims?.standInBy === undefined) return;
    const { sessionId, organizationId, accountId, standInBy: by } = claims;
    const via = { kind: 'stand-in', id: sessionId, by } as const;
    await this.database.systemTransaction((tx) =>
      this.endThose(tx, sql`id = ${sessionId}`, 'stopped', { organizationId, accountId, requestId: requestServed(), via }),
    );
  }

  private async endThose(tx: Tx, which: Statement, why: StandInEnd, doer: Doer): Promise<void> {
    const ended = await endStandIns(tx, this.outbox, { which, why, doer }, this.clock.now());
    tx.afterCommit(() => ended.forEach((id) => this.sessions.forget(id)));
  }
}

/** What a session says of who acts in it, for the banner; undefined where nobody stands in. */
export async function standInOf(db: Sql, organizationId: string, sessionId: string): Promise<ShownStandIn | undefined> {
  const [row] = await db.sql<{ by_id: string; by_name: string; stand_in_reason: string; expires_at: Date }>`
    select b.id as by_id, b.display_name as by_name, s.stand_in_reason, s.expires_at
    from session s join account b on b.org_id = s.org_id and b.id = s.stood_in_by
    where s.org_id = ${organizationId} and s.id = ${sessionId}`;
  return row && { by: { id: row.by_id, name: row.by_name }, reason: row.stand_in_reason, until: formatInstant(row.expires_at) };
}

/** Who acts as the person, why, and until when (RFC 3339). */
export interface ShownStandIn {
  readonly by: { readonly id: string; readonly name: string };
  readonly reason: string;
  readonly until: string;
}
