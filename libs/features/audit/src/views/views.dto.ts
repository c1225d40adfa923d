import { IsName } from '@berth/places';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsDefined, IsObject, ValidateNested } from 'class-validator';
import { AuditFilterRequest } from '../log/audit-logs.dto';
import type { AuditView } from './audit-view';

export class KeepViewRequest {
  @ApiProperty({ minLength: 1, maxLength: 200 })
  @IsName()
  name!: string;

  @ApiProperty({ type: AuditFilterRequest })
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => AuditFilterRequest)
  filter!: AuditFilterRequest;
}

export class AuditViewResponse implements AuditView {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty({ type: AuditFilterRequest })
  filter!: AuditFilterRequest;
}

export class AuditViewsResponse {
  @ApiProperty({ type: [AuditViewResponse] })
  data!: readonly AuditView[];
}
