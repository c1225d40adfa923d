import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { ApiProblems, RequiredIfMatch } from '@berth/platform/http';
import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ChangeOrganizationPolicy } from './change-organization-policy';
import { type OrganizationPolicy, readOrganizationPolicy } from './organization-policy';
import { OrganizationPolicyRequest, OrganizationPolicyResponse } from './policy.dto';

/** What may be booked how, where neither site nor type nor resource says otherwise. */
@ApiTags('resources')
@Controller('policy')
export class PolicyController {
  constructor(
    private readonly database: Database,
    private readonly changing: ChangeOrganizationPolicy,
  ) {}

  /** The booking policy of the organization, and every rule that counts with where it was set. */
  @Get()
  @Requires('resource:read')
  @ApiOkResponse({ type: OrganizationPolicyResponse })
  read(@CurrentActor() actor: Actor): Promise<OrganizationPolicy> {
    return readOrganizationPolicy(this.database.of(actor.organizationId), actor.organizationId, 'look');
  }

  /** Changes the booking policy of the organization: merge patch. It counts for everything that does not say otherwise. */
  @Patch()
  @Requires('resource:manage')
  @ApiOkResponse({ type: OrganizationPolicyResponse })
  @ApiProblems('validation-failed', 'idempotency-key-reused')
  change(
    @CurrentActor() actor: Actor,
    @RequiredIfMatch() version: number,
    @Body() { policy }: OrganizationPolicyRequest,
  ): Promise<OrganizationPolicy> {
    return this.changing.execute(actor, { version, patch: policy });
  }
}
