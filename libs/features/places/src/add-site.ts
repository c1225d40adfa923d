import { catalogueEvent } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import type { PolicyPatch } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import { patchedPolicy } from './patched-policy';
import { readSite } from './places.queries';
import { insertSite } from './places.store';
import type { Site } from './site';

export interface AddSiteCommand {
  readonly name: string;
  readonly countryCode: string;
  readonly timeZone: string;
  readonly latitude?: number | null;
  readonly longitude?: number | null;
  readonly address?: string | null;
  readonly policy?: PolicyPatch | null;
}

/** Adds a site to the actor's organization. */
@Injectable()
export class AddSite {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `already-exists` when the name is taken, `validation-failed` for a policy that cannot be read */
  async execute(actor: Actor, command: AddSiteCommand): Promise<Site> {
    const { name, countryCode, timeZone, latitude = null, longitude = null, address = null } = command;
    const values = { name, countryCode, timeZone, latitude, longitude, address, policy: patchedPolicy({}, command.policy) };
    return this.database.transaction(actor, async (tx) => {
      const id = await insertSite(tx, actor.organizationId, values, this.clock.now());
      await this.outbox.append(tx, actor, catalogueEvent('site.created', { id, name, siteIds: [id], after: values }));
      return readSite(tx, actor.organizationId, id);
    });
  }
}
