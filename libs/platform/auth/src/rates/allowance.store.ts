import { Database, sql } from '@berth/platform/database';
import { networkOf } from '@berth/platform/http';
import { Injectable } from '@nestjs/common';
import type { Requester } from './allowances';

/** What the store gave, and what is left there. */
export interface Taken {
  readonly granted: number;
  readonly perMinute: number;
  readonly perDay: number | null;
  readonly remaining: number;
  /** With what was granted now; 0 for clients, tokens and addresses, which have no daily limit. */
  readonly usedToday: number;
  /** Seconds. */
  readonly fullIn: number;
  /** Seconds until there is one again; 0 when something was granted. */
  readonly retryIn: number;
}

/** Requests a minute from one address nobody signed in from: an office of people who sign in at nine fits in. */
export const ADDRESS_PER_MINUTE = 600;

interface TakenRow {
  granted: number;
  per_minute: number;
  per_day: number | null;
  remaining: number;
  used: number;
  full_in: number;
  retry_in: number;
}

/** Takes requests out of the allowances in the database, by its clock. */
@Injectable()
export class AllowanceStore {
  constructor(private readonly database: Database) {}

  /** Takes up to `wish` requests, as many as there are. */
  async take(requester: Requester, wish: number): Promise<Taken> {
    const [row] = await this.rows(requester, wish);
    return {
      granted: row!.granted,
      perMinute: row!.per_minute,
      perDay: row!.per_day,
      remaining: row!.remaining,
      usedToday: row!.used,
      fullIn: row!.full_in,
      retryIn: row!.retry_in,
    };
  }

  private rows(requester: Requester, wish: number): Promise<TakenRow[]> {
    switch (requester.kind) {
      case 'person':
        return this.database.prepared(
          'take-requests',
          sql`select * from take_requests(${requester.organizationId}, ${requester.accountId}, ${wish})`,
        );
      case 'client':
        return this.database.prepared(
          'take-requests-of-client',
          sql`select *, null::integer as per_day, 0 as used from take_requests_of_client(${requester.organizationId}, ${requester.clientId}, ${wish})`,
        );
      case 'token':
        return this.database.prepared(
          'take-requests-of-token',
          sql`select *, null::integer as per_day, 0 as used from take_requests_of_token(${requester.organizationId}, ${requester.tokenId}, ${wish})`,
        );
      case 'address':
        return this.database.system.sql`
          select *, ${ADDRESS_PER_MINUTE}::integer as per_minute, null::integer as per_day, 0 as used
          from take_requests_of_address(${networkOf(requester.address)}, ${ADDRESS_PER_MINUTE}, ${wish})`;
    }
  }
}
