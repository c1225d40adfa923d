import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems, RequiredIfMatch } from '@berth/platform/http';
import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ChangePrivacyRules, type PrivacyRulesSeen } from './change-privacy-rules';
import { PrivacyRulesRequest, PrivacyRulesResponse } from './privacy.dto';

/** What people may do about their data by themselves. */
@ApiTags('people')
@Controller('privacy-rules')
export class PrivacyRulesController {
  constructor(private readonly changing: ChangePrivacyRules) {}

  /** Whether people may erase themselves. */
  @Get()
  @Requires('profile:manage')
  @ApiOkResponse({ type: PrivacyRulesResponse })
  read(@CurrentActor() actor: Actor): Promise<PrivacyRulesSeen> {
    return this.changing.current(actor);
  }

  /** Chooses whether people may erase themselves. */
  @Put()
  @Requires('user:manage')
  @ApiOkResponse({ type: PrivacyRulesResponse })
  @ApiProblems('validation-failed')
  change(
    @CurrentActor() actor: Actor,
    @RequiredIfMatch() version: number,
    @Body() request: PrivacyRulesRequest,
  ): Promise<PrivacyRulesSeen> {
    return this.changing.execute(actor, request, version);
  }
}
