import { Database, type Tx } from '@berth/platform/database';
import { Clock, Schedule, Secrets } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { accountAddress } from '../links/account-letter.store';
import { ResetLetter } from './reset-letter';

const LOOK_MS = 500;
const BATCH = 20;
/** Who asks again and again gets a letter a minute. */
const BETWEEN_MS = 60_000;

/** The place the seal of a login is bound to. */
export const loginPlace = (id: string): string => `password_request/${id}/login`;

/** Looks who forgot a password, and writes to those who are there. Any number may run. */
@Injectable()
export class PasswordRequests {
  constructor(
    private readonly database: Database,
    private readonly letter: ResetLetter,
    private readonly secrets: Secrets,
    private readonly clock: Clock,
    schedule: Schedule,
  ) {
    schedule.every(LOOK_MS, 'answering forgotten passwords stumbled', () => this.run());
  }

  /** @returns how many requests were looked at */
  async run(): Promise<number> {
    for (let looked = 0; ;) {
      const some = await this.database.systemTransaction((tx) => this.batch(tx));
      looked += some;
      if (some < BATCH) return looked;
    }
  }

  private async batch(tx: Tx): Promise<number> {
    const rows = await tx.sql<{ id: string; login_sealed: Buffer }>`
      with next as materialized (select id from password_request order by created_at, id limit ${BATCH} for update skip locked)
      delete from password_request where id in (select id from next)
      returning id, login_sealed`;
    for (const { id, login_sealed } of rows) await this.answer(tx, this.secrets.open(login_sealed, loginPlace(id)).toString());
    return rows.length;
  }

  private async answer(tx: Tx, login: string): Promise<void> {
    const [found] = await tx.sql<{ id: string }>`
      select a.id from account a
      where (lower(a.username) = lower(${login}) or lower(a.email) = lower(${login})) and a.status = 'active'
        and not exists (
          select from account_link l
          where l.account_id = a.id and l.purpose = 'password-reset' and l.created_at > ${new Date(this.clock.now().getTime() - BETWEEN_MS)})
      limit 1`;
    const account = found && (await accountAddress(tx, found.id));
    if (account) await this.letter.write(tx, account);
  }
}
