import { Problem } from '@berth/contracts';
import { brokenConstraint, type Tx } from '@berth/platform/database';
import type { Tier, TierRow } from './tier';

type Values = Pick<Tier, 'name' | 'perMinute' | 'perDay'>;

/** @throws Problem `already-exists` when there is a tier of that name */
export async function insertTier(tx: Tx, organizationId: string, id: string, tier: Values): Promise<TierRow> {
  const [row] = await named(
    tx.sql<TierRow>`
      insert into request_tier (id, org_id, name, per_minute, per_day)
      values (${id}, ${organizationId}, ${tier.name}, ${tier.perMinute}, ${tier.perDay})
      returning id, name, per_minute, per_day, is_default, version`,
  );
  return row!;
}

/** @throws Problem `not-found` */
export async function tierForUpdate(tx: Tx, organizationId: string, id: string): Promise<TierRow> {
  const [row] = await tx.sql<TierRow>`
    select id, name, per_minute, per_day, is_default, version from request_tier
    where org_id = ${organizationId} and id = ${id} for update`;
  if (!row) throw new Problem('not-found');
  return row;
}

/** @throws Problem `already-exists` when there is a tier of that name */
export async function updateTier(tx: Tx, organizationId: string, id: string, tier: Values): Promise<TierRow> {
  const [row] = await named(
    tx.sql<TierRow>`
      update request_tier set name = ${tier.name}, per_minute = ${tier.perMinute}, per_day = ${tier.perDay}, version = version + 1
      where org_id = ${organizationId} and id = ${id}
      returning id, name, per_minute, per_day, is_default, version`,
  );
  return row!;
}

const named = <T>(writing: Promise<T>): Promise<T> =>
  writing.catch((error: unknown) => {
    if (brokenConstraint(error) !== 'request_tier_name_unique') throw error;
    throw new Problem('already-exists', { errors: [{ pointer: '/name', code: 'taken', detail: 'is in use already' }] });
  });
