import { catalogueEvent } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { demandVersion } from '@berth/platform/http';
import { Outbox } from '@berth/platform/outbox';
import { Injectable } from '@nestjs/common';
import { type PasswordPreset, PASSWORD_MAX, PASSWORD_MIN } from './password-rules';

/** Which passwords are taken, for those who choose one. */
export interface PasswordRulesSeen {
  readonly preset: PasswordPreset;
  readonly minLength: number;
  readonly maxLength: number;
  /** What `If-Match` names; 0 while nothing is set up. */
  readonly version: number;
}

/** Chooses the rules new passwords have to keep; passwords that are set already stay. */
@Injectable()
export class ChangePasswordRules {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  /** @throws Problem `precondition-failed` with what they are now */
  execute(actor: Actor, preset: PasswordPreset, version: number): Promise<PasswordRulesSeen> {
    return this.database.transaction(actor, async (tx) => {
      const id = actor.organizationId;
      const [before] = await tx.sql<RulesRow>`
        select password_preset, version from organization where id = ${id} for no key update`;
      demandVersion(version, before!.version, seen(before));
      if (before!.password_preset === preset) return seen(before);
      await tx.sql`update organization set password_preset = ${preset}, version = version + 1 where id = ${id}`;
      const facts = { id, before: { passwordPreset: before!.password_preset }, after: { passwordPreset: preset } };
      await this.outbox.append(tx, actor, catalogueEvent('organization.updated', facts));
      return seen({ password_preset: preset, version: version + 1 });
    });
  }

  /** Those of the organization that was set up here. */
  async current(): Promise<PasswordRulesSeen> {
    const [row] = await this.database.system.sql<RulesRow>`
      select o.password_preset, o.version from installation i join organization o on o.id = i.organization_id`;
    return seen(row);
  }
}

interface RulesRow {
  password_preset: PasswordPreset;
  version: number;
}

function seen({ password_preset: preset, version }: RulesRow = { password_preset: 'standard', version: 0 }): PasswordRulesSeen {
  return { preset, minLength: PASSWORD_MIN[preset], maxLength: PASSWORD_MAX, version };
}
