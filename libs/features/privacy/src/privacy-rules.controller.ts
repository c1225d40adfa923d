import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems } from '@berth/platform/http';
import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ChangePrivacyRules, type PrivacyRules } from './change-privacy-rules';
import { PrivacyRulesRequest } from './privacy.dto';

/** What people may do about their data by themselves. */
@ApiTags('people')
@Controller('privacy-rules')
export class PrivacyRulesController {
  constructor(private readonly changing: ChangePrivacyRules) {}

  /** Whether people may erase themselves. */
  @Get()
  @Requires('profile:manage')
  @ApiOkResponse({ type: PrivacyRulesRequest })
  read(@CurrentActor() actor: Actor): Promise<PrivacyRules> {
    return this.changing.current(actor);
  }

  /** Chooses whether people may erase themselves. */
  @Put()
  @Requires('user:manage')
  @ApiOkResponse({ type: PrivacyRulesRequest })
  @ApiProblems('validation-failed')
  change(@CurrentActor() actor: Actor, @Body() request: PrivacyRulesRequest): Promise<PrivacyRules> {
    return this.changing.execute(actor, request);
  }
}
