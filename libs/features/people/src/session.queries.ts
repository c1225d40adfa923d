import { formatInstant } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';

/** One sign-in, as the person it belongs to sees it. */
export interface OwnSession {
  readonly id: string;
  /** The one that asks. */
  readonly current: boolean;
  /** What the browser or program said it is. */
  readonly userAgent: string | null;
  /** Where it was opened from. */
  readonly address: string | null;
  readonly createdAt: string;
  /** To the minute. */
  readonly lastSeenAt: string;
  readonly expiresAt: string;
}

interface SessionRow {
  id: string;
  user_agent: string | null;
  address: string | null;
  created_at: Date;
  last_seen_at: Date;
  expires_at: Date;
}

const MAX_SHOWN = 200;

/** Reads sessions. */
@Injectable()
export class SessionQueries {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Living sessions of the actor, the one in use first, then by when they were seen last; 200 at most. */
  async own(actor: Actor): Promise<OwnSession[]> {
    const rows = await this.database.of(actor.organizationId).sql<SessionRow>`
      select id, user_agent, host(address) as address, created_at, coalesce(last_seen_at, rotated_at, created_at) as last_seen_at, expires_at
      from session
      where org_id = ${actor.organizationId} and account_id = ${actor.accountId} and stood_in_by is null and revoked_at is null and expires_at > ${this.clock.now()}
      order by id = ${actor.sessionId} desc, last_seen_at desc, id
      limit ${MAX_SHOWN}`;
    return rows.map((row) => ({
      id: row.id,
      current: row.id === actor.sessionId,
      userAgent: row.user_agent,
      address: row.address,
      createdAt: formatInstant(row.created_at),
      lastSeenAt: formatInstant(row.last_seen_at),
      expiresAt: formatInstant(row.expires_at),
    }));
  }
}
