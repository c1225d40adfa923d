import { IsPlainText } from '@berth/platform/http';
import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length, Matches } from 'class-validator';

/** Blanks around it do not count. */
const TEN_CHARACTERS = /\S[\s\S]{8,}\S/;

export class StandInRequest {
  @ApiProperty({ minLength: 10, maxLength: 500, description: 'The person is told' })
  @IsString()
  @Length(10, 500)
  @Matches(TEN_CHARACTERS, { message: 'takes ten characters' })
  @IsPlainText()
  reason!: string;
}

export class StandInResponse {
  @ApiProperty({ format: 'uuid', description: 'As whom' })
  accountId!: string;
  @ApiProperty({ format: 'date-time' })
  until!: string;
}

export class StandInByResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  name!: string;
}

export class ShownStandInResponse {
  @ApiProperty({ type: StandInByResponse })
  by!: StandInByResponse;
  @ApiProperty()
  reason!: string;
  @ApiProperty({ format: 'date-time' })
  until!: string;
}
