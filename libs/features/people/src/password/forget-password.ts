import { Problem } from '@berth/contracts';
import { newId } from '@berth/kernel';
import { Database } from '@berth/platform/database';
import { Mail } from '@berth/platform/mail';
import { Clock, Secrets } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { loginPlace } from './password-requests.worker';

/**
 * Takes down that somebody forgot their password. Whether there is such a person is looked up afterwards, by the worker:
 * status, body and work are the same for every name.
 */
@Injectable()
export class ForgetPassword {
  constructor(
    private readonly database: Database,
    private readonly mail: Mail,
    private readonly secrets: Secrets,
    private readonly clock: Clock,
  ) {}

  /** @param login username or e-mail. @throws Problem `mail-not-set-up`, whoever asks */
  async execute(login: string, requestId: string): Promise<void> {
    if (!this.mail.canSend) throw new Problem('mail-not-set-up', { detail: 'An administrator can give you a link.' });
    const id = newId();
    await this.database.system.sql`
      insert into password_request (id, login_sealed, request_id, created_at)
      values (${id}, ${this.secrets.seal(login, loginPlace(id))}, ${requestId}, ${this.clock.now()})`;
  }
}
