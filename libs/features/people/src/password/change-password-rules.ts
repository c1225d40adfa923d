import { catalogueEvent } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Injectable } from '@nestjs/common';
import { type PasswordPreset, PASSWORD_MAX, PASSWORD_MIN } from './password-rules';

/** Which passwords are taken, for those who choose one. */
export interface PasswordRulesSeen {
  readonly preset: PasswordPreset;
  readonly minLength: number;
  readonly maxLength: number;
}

/** Chooses the rules new passwords have to keep; passwords that are set already stay. */
@Injectable()
export class ChangePasswordRules {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  execute(actor: Actor, preset: PasswordPreset): Promise<PasswordRulesSeen> {
    return this.database.transaction(actor, async (tx) => {
      const id = actor.organizationId;
      const [before] = await tx.sql<{ password_preset: PasswordPreset }>`
        select password_preset from organization where id = ${id} for no key update`;
      await tx.sql`update organization set password_preset = ${preset}, version = version + 1 where id = ${id}`;
      const facts = { id, before: { passwordPreset: before?.password_preset }, after: { passwordPreset: preset } };
      await this.outbox.append(tx, actor, catalogueEvent('organization.updated', facts));
      return seen(preset);
    });
  }

  /** Those of the organization that was set up here. */
  async current(): Promise<PasswordRulesSeen> {
    const [row] = await this.database.system.sql<{ password_preset: PasswordPreset }>`
      select o.password_preset from installation i join organization o on o.id = i.organization_id`;
    return seen(row?.password_preset ?? 'standard');
  }
}

const seen = (preset: PasswordPreset): PasswordRulesSeen => ({ preset, minLength: PASSWORD_MIN[preset], maxLength: PASSWORD_MAX });
