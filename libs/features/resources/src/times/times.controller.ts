import type { Page } from '@berth/kernel';
import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems, IdPipe, RequiredIfMatch } from '@berth/platform/http';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AddBlackout } from './add-blackout';
import type { BlackoutView, NewBlackout } from './blackout';
import { BlackoutsQueries } from './blackouts.queries';
import type { BusinessHours } from './business-hours';
import { BusinessHoursQueries } from './business-hours.queries';
import { DeleteBlackout } from './delete-blackout';
import { SetBusinessHours } from './set-business-hours';
import { siteOrOrganization } from './time-scope';
import {
  AddBlackoutRequest,
  BlackoutPage,
  BusinessHoursRequest,
  BusinessHoursResponse,
  NewBlackoutResponse,
  SiteBlackoutQuery,
  SiteScopeQuery,
} from './times.dto';

/** When the resources of a site, or of the organization, may be booked. */
@ApiTags('availability')
@Controller()
export class TimesController {
  constructor(
    private readonly hoursQueries: BusinessHoursQueries,
    private readonly blackoutsQueries: BlackoutsQueries,
    private readonly setBusinessHours: SetBusinessHours,
    private readonly addBlackout: AddBlackout,
    private readonly deleteBlackout: DeleteBlackout,
  ) {}

  /** The hours that count for a site or the organization, with where they were set. */
  @Get('business-hours')
  @Requires('resource:read')
  @ApiOkResponse({ type: BusinessHoursResponse })
  @ApiProblems('validation-failed', 'not-found', 'unknown-parameter')
  hours(@CurrentActor() actor: Actor, @Query() { siteId }: SiteScopeQuery): Promise<BusinessHours> {
    return this.hoursQueries.inForce(actor, siteOrOrganization(siteId));
  }

  /** Sets the hours of a site or the organization, for every resource there that has none of its own. */
  @Put('business-hours')
  @Requires('resource:manage', 'somewhere')
  @ApiOkResponse({ type: BusinessHoursResponse })
  @ApiProblems('validation-failed', 'not-found', 'unknown-parameter')
  async setHours(
    @CurrentActor() actor: Actor,
    @RequiredIfMatch() version: number,
    @Query() { siteId }: SiteScopeQuery,
    @Body() hours: BusinessHoursRequest,
  ): Promise<BusinessHours> {
    await this.setBusinessHours.execute(actor, { scope: siteOrOrganization(siteId), version, hours: { ...hours } });
    return this.hoursQueries.inForce(actor, siteOrOrganization(siteId));
  }

  /** Takes the hours of a site or the organization away. */
  @Delete('business-hours')
  @HttpCode(204)
  @Requires('resource:manage', 'somewhere')
  @ApiNoContentResponse()
  @ApiProblems('validation-failed', 'not-found', 'unknown-parameter')
  inheritHours(@CurrentActor() actor: Actor, @RequiredIfMatch() version: number, @Query() { siteId }: SiteScopeQuery): Promise<void> {
    return this.setBusinessHours.execute(actor, { scope: siteOrOrganization(siteId), version, hours: null });
  }

  /** Blackouts of the organization, and of a site where one is named, by start. */
  @Get('blackouts')
  @Requires('resource:read')
  @ApiOkResponse({ type: BlackoutPage })
  @ApiProblems('validation-failed', 'not-found', 'unknown-parameter', 'invalid-cursor')
  blackouts(@CurrentActor() actor: Actor, @Query() query: SiteBlackoutQuery): Promise<Page<BlackoutView>> {
    return this.blackoutsQueries.page(actor, siteOrOrganization(query.siteId), query);
  }

  /** Sets a time in which nobody may book anything of a site or the organization; reservations within it stay and are listed. */
  @Post('blackouts')
  @Requires('resource:manage', 'somewhere')
  @ApiCreatedResponse({ type: NewBlackoutResponse })
  @ApiProblems('validation-failed', 'not-found', 'unknown-parameter', 'idempotency-key-reused')
  blackOut(@CurrentActor() actor: Actor, @Query() { siteId }: SiteScopeQuery, @Body() request: AddBlackoutRequest): Promise<NewBlackout> {
    return this.addBlackout.execute(actor, { scope: siteOrOrganization(siteId), ...request });
  }

  /** Takes a blackout of a site or the organization away. */
  @Delete('blackouts/:id')
  @HttpCode(204)
  @Requires('resource:manage', 'somewhere')
  @ApiNoContentResponse()
  @ApiProblems('not-found')
  lift(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<void> {
    return this.deleteBlackout.execute(actor, { id });
  }
}
