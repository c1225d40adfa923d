import { Database, type Tx } from '@berth/platform/database';
import { Mail } from '@berth/platform/mail';
import { Clock, Schedule } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { Letters } from './letters/letters';
import type { Facts, NotificationKind } from './notification';
import { afterQuiet } from './preferences/preferences';
import { readRecipients } from './telling/recipient.store';

const LOOK_MS = 15_000;
/** A letter with more is read by nobody; the rest is on the screen. */
const MOST = 50;
const USEFUL_MS = 3 * 86_400_000;

/** Writes the letters that tell several at once, when they are due; a person's is written in one transaction with what it takes along. */
@Injectable()
export class Digests {
  constructor(
    private readonly database: Database,
    private readonly mail: Mail,
    private readonly letters: Letters,
    private readonly clock: Clock,
    schedule: Schedule,
  ) {
    schedule.every(LOOK_MS, 'writing digests failed', () => this.run());
  }

  /** @returns how many letters were written */
  async run(): Promise<number> {
    let written = 0;
    while (await this.database.systemTransaction((tx) => this.writeOne(tx))) written++;
    return written;
  }

  private async writeOne(tx: Tx): Promise<boolean> {
    const now = this.clock.now();
    const [due] = await tx.sql<{ account_id: string }>`
      select account_id from notification where digest_due_at <= ${now} order by digest_due_at limit 1 for update skip locked`;
    if (!due) return false;
    const told = await tx.sql<{ id: string; kind: NotificationKind; facts: Facts; at: Date; org_id: string }>`
      update notification set digest_due_at = null
      where account_id = ${due.account_id} and digest_due_at <= ${now}
      returning id, kind, facts, at, org_id`;
    const reader = (await readRecipients(tx, [due.account_id])).get(due.account_id);
    if (!reader || !this.mail.canSend) return true;
    const notBefore = afterQuiet(now, reader.preferences.quietHours);
    await this.mail.post(tx, {
      ...{ organizationId: reader.organizationId, accountId: reader.id, kind: 'digest' },
      to: { name: reader.name, address: reader.email },
      letter: this.letters.digest(told.sort((a, b) => a.at.getTime() - b.at.getTime()).slice(-MOST), reader),
      notBefore,
      usefulUntil: new Date(notBefore.getTime() + USEFUL_MS),
    });
    return true;
  }
}
