import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems, IdPipe, IsPlainText } from '@berth/platform/http';
import { RESERVATION_STATUSES, type ReservationStatus } from '@berth/scheduling';
import { Body, Controller, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, IsUUID, Length } from 'class-validator';
import { DryRunQuery } from '../reservations.dto';
import type { LeavingChoice, LeavingOutcome, LetGoOf } from './let-go';
import { SuspendPerson } from './suspend-person';

const choices = ['keep', 'cancel', 'transfer'] as const;

export class SuspendRequest {
  @ApiProperty({ enum: choices, description: 'What becomes of the reservations that are not over' })
  @IsIn(choices)
  reservations!: LeavingChoice;

  @ApiPropertyOptional({ format: 'uuid', description: 'Who gets them; needed for `transfer`' })
  @IsOptional()
  @IsUUID()
  to?: string;

  @ApiPropertyOptional({ maxLength: 500, description: 'Told with each that is cancelled' })
  @IsOptional()
  @IsString()
  @Length(1, 500)
  @IsPlainText()
  reason?: string;
}

export class LeavingReservationResponse implements LeavingOutcome {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ format: 'date-time' })
  start!: string;
  @ApiProperty({ format: 'date-time' })
  end!: string;
  @ApiProperty({ enum: RESERVATION_STATUSES })
  status!: ReservationStatus;
  @ApiProperty({ type: String, nullable: true })
  title!: string | null;
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  seriesId!: string | null;
  @ApiProperty({ type: [String], description: 'Names of what is booked' })
  resources!: readonly string[];
  @ApiProperty({ enum: ['kept', 'cancelled', 'transferred'] })
  outcome!: LeavingOutcome['outcome'];
  @ApiProperty({ type: String, nullable: true, description: 'Why it stays although something else was chosen' })
  detail!: string | null;
}

export class SuspendedResponse implements LetGoOf {
  @ApiProperty()
  total!: number;
  @ApiProperty({ type: [LeavingReservationResponse] })
  reservations!: readonly LeavingReservationResponse[];
}

/** People who go, and what they leave behind. */
@ApiTags('people')
@Controller('users')
export class LeavingController {
  constructor(private readonly suspending: SuspendPerson) {}

  /** Suspends a person: sessions end within seconds, and their reservations stay, are cancelled or go to somebody else. */
  @Post(':id/suspend')
  @Requires('user:manage')
  @HttpCode(200)
  @ApiOkResponse({ type: SuspendedResponse })
  @ApiProblems('validation-failed', 'not-found', 'invalid-reference', 'last-owner', 'idempotency-key-reused')
  suspend(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Body() request: SuspendRequest,
    @Query() { dryRun }: DryRunQuery,
  ): Promise<LetGoOf> {
    const command = { id, ...request };
    return dryRun ? this.suspending.tryOut(actor, command) : this.suspending.execute(actor, command);
  }
}
