import { Problem } from '@berth/contracts';
import type { Sql } from '@berth/platform/database';
import { effectivePolicy, explainPolicy, parsePolicy, type ExplainedRule, type PolicyDocument } from '@berth/scheduling';

/** What the organization says for everything that says nothing itself. */
export interface OrganizationPolicy {
  readonly id: string;
  readonly name: string;
  readonly policy: PolicyDocument;
  /** Every rule that counts where nothing else is said, by its name, with where it was set. */
  readonly rules: Readonly<Record<string, Pick<ExplainedRule, 'value' | 'source'>>>;
  readonly version: number;
}

/** @param lock keeps the row as it is until the transaction ends */
export async function readOrganizationPolicy(db: Sql, organizationId: string, lock: 'lock' | 'look'): Promise<OrganizationPolicy> {
  if (lock === 'lock') await db.sql`select from organization where id = ${organizationId} for no key update`;
  const [row] = await db.sql<{ id: string; name: string; policy: PolicyDocument; version: number }>`
    select id, name, policy, version from organization where id = ${organizationId}`;
  if (!row) throw new Problem('not-found');
  const source = { level: 'organization', id: row.id, name: row.name } as const;
  const explained = explainPolicy(effectivePolicy([{ source, policy: parsePolicy(row.policy).policy }]));
  return { ...row, rules: Object.fromEntries(explained.map((it) => [it.rule, { value: it.value, source: it.source }])) };
}
