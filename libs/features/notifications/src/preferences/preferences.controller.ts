import { Problem } from '@berth/contracts';
import { type Actor, CurrentActor, Requires } from '@berth/platform/auth';
import { ApiProblems, IfMatch } from '@berth/platform/http';
import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiExtraModels, ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ChangeNotificationPreferences } from './change-notification-preferences';
import type { Matrix } from './preferences';
import { ChannelsResponse, NotificationPreferencesRequest, NotificationPreferencesResponse } from './preferences.dto';
import { PreferencesQueries, type VersionedPreferences } from './preferences.queries';

/** How one wants to be told. */
@ApiTags('notifications')
@ApiExtraModels(ChannelsResponse)
@Controller('users/me/notification-preferences')
export class NotificationPreferencesController {
  constructor(
    private readonly queries: PreferencesQueries,
    private readonly changing: ChangeNotificationPreferences,
  ) {}

  /** How one is told of what, and when not. */
  @Get()
  @Requires('profile:manage')
  @ApiOkResponse({ type: NotificationPreferencesResponse })
  read(@CurrentActor() actor: Actor): Promise<VersionedPreferences> {
    return this.queries.own(actor);
  }

  /** Chooses how one is told. Mails about the security of one's account cannot be switched off. */
  @Put()
  @Requires('profile:manage')
  @ApiHeader({ name: 'If-Match', required: false })
  @ApiOkResponse({ type: NotificationPreferencesResponse })
  @ApiProblems('validation-failed', 'precondition-failed')
  change(
    @CurrentActor() actor: Actor,
    @Body() request: NotificationPreferencesRequest,
    @IfMatch() ifMatch: number | undefined,
  ): Promise<VersionedPreferences> {
    const quietHours = request.quietHours ?? null;
    if (quietHours && quietHours.from === quietHours.to)
      throw new Problem('validation-failed', {
        errors: [{ pointer: '/quietHours/to', code: 'same', detail: 'quiet hours end at another time than they begin' }],
      });
    return this.changing.execute(actor, { ...request, matrix: request.matrix as Partial<Matrix> | undefined, quietHours }, ifMatch);
  }
}
