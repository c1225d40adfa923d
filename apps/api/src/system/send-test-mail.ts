import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { type SentTestMail, TestMail } from '@berth/platform/mail';
import { Injectable } from '@nestjs/common';

/** Sends a test letter to whoever asks for it, in their language. */
@Injectable()
export class SendTestMail {
  constructor(
    private readonly database: Database,
    private readonly mail: TestMail,
  ) {}

  /** @throws Problem `mail-not-set-up`, `mail-not-sent` with the reason */
  async toOneself(actor: Actor): Promise<SentTestMail> {
    const [row] = await this.database.of(actor.organizationId).sql<{ email: string; language: string; organization: string }>`
      select a.email, coalesce(a.preferences ->> 'language', o.language) as language, o.name as organization
      from account a join organization o on o.id = a.org_id
      where a.org_id = ${actor.organizationId} and a.id = ${actor.accountId}`;
    return this.mail.send({
      to: { name: actor.displayName, address: row!.email },
      language: row!.language,
      organization: row!.organization,
    });
  }
}
