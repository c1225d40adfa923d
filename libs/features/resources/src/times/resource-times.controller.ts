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
import {
  AddBlackoutRequest,
  BlackoutPage,
  BlackoutQuery,
  BusinessHoursRequest,
  BusinessHoursResponse,
  NewBlackoutResponse,
} from './times.dto';

/** When one resource may be booked. */
@ApiTags('availability')
@Controller('resources/:id')
export class ResourceTimesController {
  constructor(
    private readonly hoursQueries: BusinessHoursQueries,
    private readonly blackoutsQueries: BlackoutsQueries,
    private readonly setBusinessHours: SetBusinessHours,
    private readonly addBlackout: AddBlackout,
    private readonly deleteBlackout: DeleteBlackout,
  ) {}

  /** The hours that count for a resource, with where they were set. */
  @Get('business-hours')
  @Requires('resource:read')
  @ApiOkResponse({ type: BusinessHoursResponse })
  @ApiProblems('not-found')
  hours(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<BusinessHours> {
    return this.hoursQueries.inForce(actor, { level: 'resource', id });
  }

  /** Gives a resource hours of its own. */
  @Put('business-hours')
  @Requires('resource:manage', 'somewhere')
  @ApiOkResponse({ type: BusinessHoursResponse })
  @ApiProblems('validation-failed', 'not-found')
  async setHours(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @RequiredIfMatch() version: number,
    @Body() hours: BusinessHoursRequest,
  ): Promise<BusinessHours> {
    await this.setBusinessHours.execute(actor, { scope: { level: 'resource', id }, version, hours: { ...hours } });
    return this.hoursQueries.inForce(actor, { level: 'resource', id });
  }

  /** Takes a resource’s own hours away: those of its site or the organization count again. */
  @Delete('business-hours')
  @HttpCode(204)
  @Requires('resource:manage', 'somewhere')
  @ApiNoContentResponse()
  @ApiProblems('not-found')
  inheritHours(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string, @RequiredIfMatch() version: number): Promise<void> {
    return this.setBusinessHours.execute(actor, { scope: { level: 'resource', id }, version, hours: null });
  }

  /** Blackouts that count for a resource, those of its site and the organization too, by start. */
  @Get('blackouts')
  @Requires('resource:read')
  @ApiOkResponse({ type: BlackoutPage })
  @ApiProblems('validation-failed', 'not-found', 'unknown-parameter', 'invalid-cursor')
  blackouts(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string, @Query() query: BlackoutQuery): Promise<Page<BlackoutView>> {
    return this.blackoutsQueries.page(actor, { level: 'resource', id }, query);
  }

  /** Sets a time in which nobody may book the resource; reservations within it stay and are listed. */
  @Post('blackouts')
  @Requires('resource:manage', 'somewhere')
  @ApiCreatedResponse({ type: NewBlackoutResponse })
  @ApiProblems('validation-failed', 'not-found', 'idempotency-key-reused')
  blackOut(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string, @Body() request: AddBlackoutRequest): Promise<NewBlackout> {
    return this.addBlackout.execute(actor, { scope: { level: 'resource', id }, ...request });
  }

  /** Takes a blackout of the resource away. */
  @Delete('blackouts/:blackoutId')
  @HttpCode(204)
  @Requires('resource:manage', 'somewhere')
  @ApiNoContentResponse()
  @ApiProblems('not-found')
  lift(@CurrentActor() actor: Actor, @Param('id', IdPipe) resourceId: string, @Param('blackoutId', IdPipe) id: string): Promise<void> {
    return this.deleteBlackout.execute(actor, { id, resourceId });
  }
}
