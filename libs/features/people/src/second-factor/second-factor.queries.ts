import { formatInstant } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Injectable } from '@nestjs/common';
import { isAskedOfRoles } from './asked-of-roles';
import { FAILURES_IN_A_ROW } from './code-policy';

/** Where somebody stands with the second factor. */
export interface SecondFactorState {
  /** Since when codes are asked for; null while they are not. */
  readonly enabledAt: string | null;
  /** Too many wrong codes in a row: only a recovery code is taken. */
  readonly locked: boolean;
  readonly passkeys: number;
  readonly recoveryCodesLeft: number;
  readonly recoveryCodesAt: string | null;
  /** The role must have one. */
  readonly required: boolean;
}

interface StateRow {
  confirmed_at: Date | null;
  failures_in_a_row: number | null;
  passkeys: number;
  left_over: number;
  made_at: Date | null;
  required: boolean;
}

/** Reads what is set up as a second factor. */
@Injectable()
export class SecondFactorQueries {
  constructor(private readonly database: Database) {}

  async own(actor: Actor): Promise<SecondFactorState> {
    const [row] = await this.database.of(actor.organizationId).sql<StateRow>`
      select c.confirmed_at, c.failures_in_a_row, ${isAskedOfRoles} as required,
             (select count(*)::int from passkey p where p.org_id = a.org_id and p.account_id = a.id) as passkeys,
             (select count(*)::int from recovery_code r where r.org_id = a.org_id and r.account_id = a.id and r.used_at is null) as left_over,
             (select max(r.created_at) from recovery_code r where r.org_id = a.org_id and r.account_id = a.id) as made_at
      from account a join organization o on o.id = a.org_id left join one_time_code c on c.org_id = a.org_id and c.account_id = a.id
      where a.org_id = ${actor.organizationId} and a.id = ${actor.accountId}`;
    const { confirmed_at: enabledAt, failures_in_a_row: failures, passkeys, left_over: left, made_at: madeAt, required } = row!;
    return {
      enabledAt: enabledAt && formatInstant(enabledAt),
      locked: (failures ?? 0) >= FAILURES_IN_A_ROW,
      passkeys,
      recoveryCodesLeft: left,
      recoveryCodesAt: madeAt && formatInstant(madeAt),
      required,
    };
  }
}
