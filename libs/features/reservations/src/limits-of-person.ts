import type { Interval } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import type { ResourceTerms } from '@berth/resources';
import { Injectable } from '@nestjs/common';
import { NOTHING_YET } from './on-behalf';
import { countOfPerson } from './person-limits';
import type { ResourceViolation } from './wish';

/** Time of a resource somebody looks for. */
export interface LookedFor extends Interval {
  readonly resource: ResourceTerms;
  readonly quantity: number;
}

/** What limits and quotas of the person who looks have against a booking; for those who offer several and book none. */
@Injectable()
export class LimitsOfPerson {
  constructor(private readonly database: Database) {}

  /** By what the actor has now, of each by itself, in their order; one statement for all, and none where nothing is limited. */
  async broken(actor: Actor, looked: readonly LookedFor[], now: Date): Promise<ResourceViolation[][]> {
    const claims = looked.map(({ resource, quantity, start, end }) => ({
      ...{ id: NOTHING_YET, organizerId: actor.accountId, start, end, now },
      items: [{ resource, quantity }],
    }));
    const count = await countOfPerson(this.database.of(actor.organizationId), claims);
    return claims.map((it) => count.broken(it));
  }
}
