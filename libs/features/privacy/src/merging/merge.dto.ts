import { type Role, roles } from '@berth/contracts';
import { IsPlainText } from '@berth/platform/http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional, IsString, IsUUID, Length } from 'class-validator';
import type { Merge } from './merge-people';
import type { Counts } from './merge.store';

const counts = { type: 'object', additionalProperties: { type: 'integer' } } as const;

export class MergeRequest {
  @ApiProperty({ format: 'uuid', description: 'The account that stays' })
  @IsUUID()
  into!: string;

  @ApiPropertyOptional({
    description: 'Needed where the account that goes is suspended: what it was kept from, the other may',
    default: false,
  })
  @IsOptional()
  @IsBoolean()
  evenSuspended?: boolean;

  @ApiPropertyOptional({ maxLength: 500, description: 'Why, for the person and the log' })
  @IsOptional()
  @IsString()
  @Length(1, 500)
  @IsPlainText()
  reason?: string;
}

class StayingResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  displayName!: string;
}

class MergedRoleResponse {
  @ApiProperty({ enum: roles })
  before!: Role;
  @ApiProperty({ enum: roles, description: 'The higher of the two' })
  after!: Role;
}

export class MergeResponse implements Merge {
  @ApiProperty({ type: StayingResponse, description: 'The account that stays' })
  into!: StayingResponse;
  @ApiProperty({ type: MergedRoleResponse, description: 'Of the account that stays' })
  role!: MergedRoleResponse;
  @ApiProperty({ description: 'The account that goes was suspended' })
  wasSuspended!: boolean;
  @ApiProperty({ ...counts, description: 'Goes over, by kind' })
  moves!: Counts;
  @ApiProperty({ ...counts, description: 'The account that stays has the same already: one of the two goes; by kind' })
  same!: Counts;
  @ApiProperty({ ...counts, description: 'Ends with the account that goes, by kind' })
  ends!: Counts;
}
