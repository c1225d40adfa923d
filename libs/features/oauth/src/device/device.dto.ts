import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsString, Length } from 'class-validator';

export class LookAtDeviceRequest {
  @ApiProperty({ minLength: 1, maxLength: 40, description: 'The code the device shows' })
  @IsString()
  @Length(1, 40)
  userCode!: string;
}

export class AnswerDeviceRequest extends LookAtDeviceRequest {
  @ApiProperty()
  @IsBoolean()
  allow!: boolean;
}
