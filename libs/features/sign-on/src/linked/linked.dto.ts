import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Length, MaxLength } from 'class-validator';

export class BeginLinkRequest {
  @ApiProperty({ description: 'Key of the provider', maxLength: 40 })
  @IsString()
  @Length(1, 40)
  provider!: string;

  @ApiPropertyOptional({ description: 'The present password, where one is set' })
  @IsOptional()
  @IsString()
  @MaxLength(1024)
  password?: string;
}

export class BegunLinkResponse {
  @ApiProperty({ description: 'Where to send the browser' })
  url!: string;
}

export class LinkedProviderResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  key!: string;
  @ApiProperty()
  name!: string;
}

export class LinkedAccountResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ type: LinkedProviderResponse })
  provider!: LinkedProviderResponse;
  @ApiProperty({ description: 'The address there, or a name' })
  label!: string;
  @ApiProperty({ format: 'date-time' })
  linkedAt!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  lastUsedAt!: string | null;
}

export class WaysInResponse {
  @ApiProperty({ type: [LinkedAccountResponse] })
  data!: readonly LinkedAccountResponse[];
  @ApiProperty()
  hasPassword!: boolean;
}
