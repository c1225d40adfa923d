import { Problem } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { ChangeResource, ResourcesQueries } from '@berth/resources';
import { type ApprovalDocument, formatPolicy, parsePolicy, type PolicyPatch, type PolicySource } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';

/** What a resource asks approval for, and where that was set. */
export interface ApprovalSetting {
  readonly resourceId: string;
  readonly approval: ApprovalDocument;
  readonly source: PolicySource;
  /** Of the resource. */
  readonly version: number;
}

/** The approval rule of a resource's policy, by itself. */
@Injectable()
export class ApprovalSettings {
  constructor(
    private readonly resources: ResourcesQueries,
    private readonly change: ChangeResource,
  ) {}

  /** @throws Problem `not-found` */
  async read(actor: Actor, resourceId: string): Promise<ApprovalSetting> {
    return settingOf(await this.resources.one(actor, resourceId));
  }

  /**
   * Sets what the resource itself says; requests that wait already stay as they were asked.
   * @throws Problem `not-found`, `validation-failed`, `precondition-failed`
   */
  async set(actor: Actor, resourceId: string, approval: unknown, version: number): Promise<ApprovalSetting> {
    const { policy, errors } = parsePolicy({ approval });
    const own = errors.map((it) => ({ ...it, pointer: it.pointer.replace(/^\/approval/, '') }));
    if (own.length > 0 || !policy.approval) throw new Problem('validation-failed', { errors: own });
    const { approval: whole } = formatPolicy({ approval: policy.approval });
    return settingOf(await this.change.execute(actor, { id: resourceId, version, patch: { policy: { approval: replacing(whole) } } }));
  }
}

function settingOf(resource: {
  id: string;
  version: number;
  rules: Readonly<Record<string, { value: unknown; source: PolicySource }>>;
}): ApprovalSetting {
  const rule = resource.rules['approval'];
  if (!rule) throw new Problem('internal-error', { detail: 'A resource without rules.' });
  return { resourceId: resource.id, approval: rule.value as ApprovalDocument, source: rule.source, version: resource.version };
}

/** As a merge patch that leaves nothing of what was there. */
const replacing = (approval: ApprovalDocument | undefined): PolicyPatch['approval'] => ({
  ...{ deadline: null, approvers: null, then: null },
  ...approval,
  requiredFor: { longerThan: null, outOfHours: null, ...approval?.requiredFor },
});
