import { catalogueEvent, Problem } from '@berth/contracts';
import { formatInstant } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { brokenConstraint, Database, type Tx } from '@berth/platform/database';
import { demandVersion } from '@berth/platform/http';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import type { QuotaRule } from './quota-rule';
import { ruleForUpdate } from './quota-rule.store';

/** An exception of a rule: what it says is part of the rule. */
export interface ExceptionCommand {
  readonly ruleId: string;
  /** Version of the rule it was decided on. */
  readonly version: number;
  readonly accountId: string;
}

export interface ExceptCommand extends ExceptionCommand {
  /** null is without limit. */
  readonly limit: number | null;
  readonly until: Date;
}

/** Gives a person another limit for a while. Exceptions are read when it is counted, so they hold at once. */
@Injectable()
export class ExceptPerson {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws Problem `not-found` for a rule, `precondition-failed` with what it is now, `invalid-reference` for a person, `validation-failed`
   *   for what is over already
   */
  execute(actor: Actor, { limit, until, ...command }: ExceptCommand): Promise<void> {
    const { ruleId, accountId } = command;
    const now = this.clock.now();
    if (until <= now) throw new Problem('validation-failed', { errors: [{ pointer: '/until', code: 'range', detail: 'must be ahead' }] });
    return this.database.transaction(actor, async (tx) => {
      const { name } = await ruleOn(tx, actor, command);
      await tx.sql`
        insert into quota_exception (rule_id, account_id, org_id, limit_value, until, created_at)
        values (${ruleId}, ${accountId}, ${actor.organizationId}, ${limit}, ${until}, ${now})
        on conflict (rule_id, account_id) do update set limit_value = excluded.limit_value, until = excluded.until`.catch(
        (error: unknown) => {
          if (brokenConstraint(error) !== 'quota_exception_account') throw error;
          throw new Problem('invalid-reference', {
            errors: [{ pointer: '/accountId', code: 'unknown', detail: 'There is no such person.' }],
          });
        },
      );
      await bumpRule(tx, ruleId);
      const after = { exception: { accountId, limit, until: formatInstant(until) } };
      await this.outbox.append(tx, actor, catalogueEvent('quota_rule.updated', { id: ruleId, name, after }));
    });
  }

  /** Ends an exception; one that is not there is over already. @throws Problem `not-found` for a rule, `precondition-failed` with what it is now */
  end(actor: Actor, command: ExceptionCommand): Promise<void> {
    const { ruleId, accountId } = command;
    return this.database.transaction(actor, async (tx) => {
      const { name } = await ruleOn(tx, actor, command);
      const gone = await tx.sql`
        delete from quota_exception where org_id = ${actor.organizationId} and rule_id = ${ruleId} and account_id = ${accountId} returning rule_id`;
      if (gone.length === 0) return;
      await bumpRule(tx, ruleId);
      const facts = { id: ruleId, name, before: { exception: { accountId } }, after: { exception: null } };
      await this.outbox.append(tx, actor, catalogueEvent('quota_rule.updated', facts));
    });
  }
}

/** The rule, locked, at the version it was decided on. */
async function ruleOn(tx: Tx, { organizationId }: Actor, { ruleId, version }: ExceptionCommand): Promise<QuotaRule> {
  const rule = await ruleForUpdate(tx, organizationId, ruleId);
  demandVersion(version, rule.version, rule);
  return rule;
}

const bumpRule = (tx: Tx, id: string): Promise<object[]> =>
  tx.sql`update quota_rule set version = version + 1 where org_id = ${tx.organizationId} and id = ${id}`;
