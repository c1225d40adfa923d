import { Problem } from '@berth/contracts';
import { Database } from '@berth/platform/database';
import { MailTransport } from '@berth/platform/mail';
import { CONFIG, type Config } from '@berth/platform/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** The word that lets one person set Berth up: from the configuration, or generated and printed once. */
@Injectable()
export class SetupToken {
  constructor(
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
    private readonly mail: MailTransport,
  ) {}

  /** Makes the token known to every process. @returns it, for the person at the console; undefined when Berth is set up */
  async announce(): Promise<string | undefined> {
    const token = this.config.setupToken ?? randomBytes(18).toString('base64url');
    const kept = await this.database.system.sql`
      update installation set setup_token_hash = ${hash(token)} where organization_id is null returning only_one`;
    return kept.length > 0 ? token : undefined;
  }

  async status(): Promise<{ state: 'open' | 'done'; registrationOpen: boolean; mail: boolean }> {
    const [row] = await this.database.system.sql<{ open: boolean; registers: boolean }>`
      select i.organization_id is null as open, coalesce(o.registration_open, false) as registers
      from installation i left join organization o on o.id = i.organization_id`;
    return { state: row?.open ? 'open' : 'done', registrationOpen: row?.registers ?? false, mail: this.mail.isSetUp };
  }

  async isSetUp(): Promise<boolean> {
    const [row] = await this.database.system.sql<{ done: boolean }>`select organization_id is not null as done from installation`;
    return row?.done ?? false;
  }

  /** @throws Problem `setup-done`, `setup-token-invalid` */
  async demand(token: string): Promise<void> {
    const [row] = await this.database.system.sql<{ setup_token_hash: Buffer | null; organization_id: string | null }>`
      select setup_token_hash, organization_id from installation`;
    if (row?.organization_id) throw new Problem('setup-done');
    const given = hash(token);
    if (!row?.setup_token_hash || !timingSafeEqual(row.setup_token_hash, given)) throw new Problem('setup-token-invalid');
  }
}

const hash = (token: string): Buffer => createHash('sha256').update(token).digest();
