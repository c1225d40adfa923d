import { formatInstant } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Injectable } from '@nestjs/common';
import { RelyingParty } from './relying-party';

/** A passkey, as the person it belongs to sees it. */
export interface OwnPasskey {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
  /** A copy is kept somewhere, as synchronised passkeys are. */
  readonly backedUp: boolean;
  /** It was made for the address people reach Berth at now. */
  readonly usable: boolean;
}

interface PasskeyRow {
  id: string;
  name: string;
  created_at: Date;
  last_used_at: Date | null;
  backed_up: boolean;
  rp_id: string;
}

/** Reads passkeys. */
@Injectable()
export class PasskeyQueries {
  constructor(
    private readonly database: Database,
    private readonly party: RelyingParty,
  ) {}

  /** Whether a browser would make keys for the address people reach Berth at. */
  get available(): boolean {
    return this.party.id !== undefined;
  }

  /** Those of the actor, oldest first. */
  async own(actor: Actor): Promise<OwnPasskey[]> {
    const rows = await this.database.of(actor.organizationId).sql<PasskeyRow>`
      select id, name, created_at, last_used_at, backed_up, rp_id from passkey
      where org_id = ${actor.organizationId} and account_id = ${actor.accountId}
      order by created_at, id`;
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      createdAt: formatInstant(row.created_at),
      lastUsedAt: row.last_used_at && formatInstant(row.last_used_at),
      backedUp: row.backed_up,
      usable: row.rp_id === this.party.id,
    }));
  }
}
