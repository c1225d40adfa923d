import { GATE_MODES, type GateMode } from '@berth/scheduling';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsArray, IsDefined, IsIn, IsUUID, ValidateNested } from 'class-validator';

const groupsDoc = {
  type: String,
  isArray: true,
  format: 'uuid',
  description: 'Open to their members while the mode is groups; none of them is nobody',
} as const;

export class GateRequest {
  @ApiProperty({ enum: GATE_MODES })
  @IsIn(GATE_MODES)
  mode!: GateMode;

  @ApiProperty(groupsDoc)
  @IsArray()
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  groupIds!: string[];
}

export class AccessRequest {
  @ApiProperty({ type: GateRequest, description: 'Whom it is shown to' })
  @IsDefined()
  @ValidateNested()
  @Type(() => GateRequest)
  see!: GateRequest;

  @ApiProperty({ type: GateRequest, description: 'Who may book, of those it is shown to' })
  @IsDefined()
  @ValidateNested()
  @Type(() => GateRequest)
  book!: GateRequest;
}

export class GateResponse {
  @ApiProperty({ enum: GATE_MODES })
  mode!: GateMode;
  @ApiProperty(groupsDoc)
  groupIds!: string[];
}

export class AccessResponse {
  @ApiProperty({ type: GateResponse })
  see!: GateResponse;
  @ApiProperty({ type: GateResponse })
  book!: GateResponse;
  @ApiProperty({ description: 'Of the site or the resource' })
  version!: number;
}
