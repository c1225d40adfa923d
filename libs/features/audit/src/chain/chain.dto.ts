import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import type { Fault } from './chain.queries';
import type { Verification } from './verify-log';

const faults = ['edited', 'missing', 'inserted', 'swapped', 'truncated', 'rewritten', 'forged-checkpoint'] as const;

export class VerifyQuery {
  @ApiPropertyOptional({ minimum: 0, description: 'Sequence an earlier call got to (`next`), to go on from there' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  after?: number;
}

export class CheckpointResponse {
  @ApiProperty()
  sequence!: number;
  @ApiProperty({ format: 'date-time' })
  at!: string;
  @ApiProperty({ description: 'Compact JWS over organization, sequence, hash and instant; its key is in `/.well-known/jwks.json`' })
  signature!: string;
}

export class VerificationResponse implements Omit<Verification, 'checkpoint'> {
  @ApiProperty({ description: 'Every event that was looked at is as it was written, and none is missing' })
  intact!: boolean;
  @ApiProperty({ description: 'Events that were looked at' })
  checked!: number;
  @ApiProperty({ type: Number, nullable: true, description: 'Sequence of the first event looked at' })
  from!: number | null;
  @ApiProperty({ type: Number, nullable: true, description: 'Sequence of the last event looked at' })
  to!: number | null;
  @ApiProperty({ type: Number, nullable: true, description: 'Value of `after` to go on with, where one call does not look at all of them' })
  next!: number | null;
  @ApiProperty({ type: Number, nullable: true, description: 'Sequence of the first event that does not fit' })
  brokenAt!: number | null;
  @ApiProperty({ enum: faults, nullable: true, description: 'What is wrong there' })
  fault!: Fault | null;
  @ApiProperty({ type: CheckpointResponse, nullable: true, description: 'The latest place the installation has signed' })
  checkpoint!: CheckpointResponse | null;
}
