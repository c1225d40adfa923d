import { Suspension } from '@berth/people';
import type { Actor } from '@berth/platform/auth';
import { Database, recall } from '@berth/platform/database';
import { Injectable } from '@nestjs/common';
import { type LeavingCommand, LetGo, type LetGoOf } from './let-go';

/**
 * Suspends a person and does with their reservations what the caller chose. The account is closed first, so that they book
 * nothing meanwhile.
 */
@Injectable()
export class SuspendPerson {
  constructor(
    private readonly database: Database,
    private readonly suspension: Suspension,
    private readonly lettingGo: LetGo,
  ) {}

  /** @throws Problem `not-found`, `permission-denied`, `last-owner`, `invalid-reference` for a receiver who may not book */
  async execute(actor: Actor, command: LeavingCommand): Promise<LetGoOf> {
    const earlier = await recall<LetGoOf>(this.database.of(actor.organizationId), actor);
    if (earlier) return earlier.result;
    const { idempotency: _, ...once } = actor;
    await this.lettingGo.demandPossible(once, command);
    await this.database.transaction(once, (tx) => this.suspension.begin(tx, once, command.id));
    const suspended = await this.lettingGo.execute(once, command);
    return this.database.transaction(actor, async () => suspended);
  }

  /** What there is to decide about; changes nothing. @throws Problem as `execute`, but for what the account itself refuses */
  tryOut(actor: Actor, command: LeavingCommand): Promise<LetGoOf> {
    return this.lettingGo.tryOut(actor, command);
  }
}
