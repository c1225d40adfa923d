import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, ValidateNested } from 'class-validator';
import { IsInstant } from '@berth/platform/http';

export class IntervalRequest {
  @ApiProperty({ format: 'date-time' })
  @IsInstant()
  start!: string;

  @ApiProperty({ format: 'date-time' })
  @IsInstant()
  end!: string;
}

export class EditIntervalsRequest {
  @ApiProperty({ type: [IntervalRequest], minItems: 1, maxItems: 50, description: 'What is to be there afterwards; none overlaps another' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => IntervalRequest)
  intervals!: IntervalRequest[];
}

export class EditedIntervalsResponse {
  @ApiProperty({ type: [String], format: 'uuid', description: 'Reservations that go on at another time' })
  updated!: readonly string[];
  @ApiProperty({ type: [String], format: 'uuid' })
  created!: readonly string[];
  @ApiProperty({ type: [String], format: 'uuid', description: 'Reservations of which nothing is left; they are cancelled' })
  deleted!: readonly string[];
}
