import { catalogueEvent } from '@berth/contracts';
import { newId } from '@berth/kernel';
import { bumpEpoch } from '@berth/places';
import type { Actor } from '@berth/platform/auth';
import { Database, type Tx } from '@berth/platform/database';
import { demandVersion } from '@berth/platform/http';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import type { QuotaDraft, QuotaRule } from './quota-rule';
import { demandWhole, ruleForUpdate, writeRule } from './quota-rule.store';

/**
 * Adds, changes and deletes quotas. They are part of the terms of resources: whoever remembers these judges anew, and a booking
 * on its way does. What people have already stays theirs.
 */
@Injectable()
export class SetRule {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `already-exists`, `invalid-reference`, `validation-failed` */
  add(actor: Actor, draft: QuotaDraft): Promise<QuotaRule> {
    return this.database.transaction(actor, async (tx) => {
      const rule = await this.write(tx, actor, newId(), draft);
      await this.outbox.append(tx, actor, catalogueEvent('quota_rule.created', { id: rule.id, name: rule.name, after: factsOf(rule) }));
      return rule;
    });
  }

  /** @throws Problem as `add`, `not-found`, `precondition-failed` with what it is now */
  change(actor: Actor, { id, version, patch }: { id: string; version: number; patch: Partial<QuotaDraft> }): Promise<QuotaRule> {
    return this.database.transaction(actor, async (tx) => {
      const current = await ruleForUpdate(tx, actor.organizationId, id);
      demandVersion(version, current.version, current);
      const rule = await this.write(tx, actor, id, { ...current, ...patch });
      const facts = { id, name: rule.name, before: factsOf(current), after: factsOf(rule) };
      await this.outbox.append(tx, actor, catalogueEvent('quota_rule.updated', facts));
      return rule;
    });
  }

  /** @throws Problem `not-found`, `precondition-failed` with what it is now */
  delete(actor: Actor, id: string, version: number): Promise<void> {
    return this.database.transaction(actor, async (tx) => {
      const rule = await ruleForUpdate(tx, actor.organizationId, id);
      demandVersion(version, rule.version, rule);
      await tx.sql`delete from quota_rule where org_id = ${actor.organizationId} and id = ${id}`;
      await bumpEpoch(tx, actor.organizationId);
      await this.outbox.append(tx, actor, catalogueEvent('quota_rule.deleted', { id, name: rule.name, before: factsOf(rule) }));
    });
  }

  private async write(tx: Tx, { organizationId }: Actor, id: string, draft: QuotaDraft): Promise<QuotaRule> {
    await demandWhole(tx, organizationId, draft);
    const rule = await writeRule(tx, organizationId, id, draft, this.clock.now());
    await bumpEpoch(tx, organizationId);
    return rule;
  }
}

const factsOf = ({ name, who, what, measure, window, limit }: QuotaRule) => ({ name, who, what, measure, window, limit });
