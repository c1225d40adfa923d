import { newId } from '@berth/kernel';
import type { Tx } from '@berth/platform/database';
import { Clock, Secrets } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import type { Letter } from './letter';
import { MailTransport } from './mail-transport';

/** A letter to be sent. */
export interface Post {
  readonly organizationId: string;
  /** Whose account it is about; null for a stranger's address. */
  readonly accountId: string | null;
  /** What it is, for those who look after the sending. */
  readonly kind: string;
  readonly to: { readonly name: string; readonly address: string };
  readonly letter: Letter;
  /** Afterwards it is of no use to anybody and not tried any more. */
  readonly usefulUntil: Date;
  /** It waits until then; left out where it may go at once. */
  readonly notBefore?: Date;
}

/** Where a letter lies until it is sent; also the place its seal is bound to. */
export const letterPlace = (id: string): string => `mail/${id}/letter`;

/** Posts letters in the transaction that has a reason to write them; they are sent once it has committed. */
@Injectable()
export class Mail {
  constructor(
    private readonly transport: MailTransport,
    private readonly secrets: Secrets,
    private readonly clock: Clock,
  ) {}

  /** Whether letters leave here at all. Where not, callers offer another way. */
  get canSend(): boolean {
    return this.transport.isSetUp;
  }

  /** Address letters come from. */
  get senderAddress(): string {
    return this.transport.senderAddress;
  }

  async post(tx: Tx, { organizationId, accountId, kind, to, letter, usefulUntil, notBefore }: Post): Promise<void> {
    const id = newId();
    const now = this.clock.now();
    // It may hold a link that opens an account, so it lies sealed.
    const sealed = this.secrets.seal(JSON.stringify({ to, letter }), letterPlace(id));
    await tx.sql`
      insert into mail (id, org_id, account_id, kind, letter_sealed, created_at, next_try_at, useful_until)
      values (${id}, ${organizationId}, ${accountId}, ${kind}, ${sealed}, ${now}, ${notBefore ?? now}, ${usefulUntil})`;
  }
}
