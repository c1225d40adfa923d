import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Injectable } from '@nestjs/common';
import { type PersonSeen, PeopleQueries } from '../people.queries';
import { Suspension } from './suspension';

/** Lets a suspended person in again. */
@Injectable()
export class Reactivate {
  constructor(
    private readonly database: Database,
    private readonly suspension: Suspension,
    private readonly queries: PeopleQueries,
  ) {}

  /** @throws Problem `not-found`, `permission-denied` */
  execute(actor: Actor, id: string): Promise<PersonSeen> {
    return this.database.transaction(actor, async (tx) => {
      await this.suspension.end(tx, actor, id);
      return this.queries.one(actor, id, tx);
    });
  }
}
