import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min, ValidateIf } from 'class-validator';

const TOKEN_MAX = 100;

export class CheckInRequest {
  @ApiPropertyOptional({
    maxLength: TOKEN_MAX,
    description: 'Of the code at one of its resources; with it everybody may who sees the reservation',
  })
  @ValidateIf((it: CheckInRequest) => it.token !== undefined)
  @IsString()
  @MaxLength(TOKEN_MAX)
  token?: string;
}

export class CheckInAtResourceRequest {
  @ApiProperty({ maxLength: TOKEN_MAX, description: 'Of the code at the resource' })
  @IsString()
  @MaxLength(TOKEN_MAX)
  token!: string;
}

export class CheckInStateResponse {
  @ApiProperty({ description: 'Whether the time goes to others when nobody checks in' })
  required!: boolean;
  @ApiProperty({ format: 'date-time' })
  opensAt!: string;
  @ApiProperty({ format: 'date-time' })
  closesAt!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  checkedInAt!: string | null;
  @ApiProperty()
  mayCheckIn!: boolean;
  @ApiProperty()
  mayEnd!: boolean;
}

export class CheckInLinkQuery {
  @ApiPropertyOptional({
    minimum: 10,
    maximum: 31_622_400,
    description: 'For displays that change their code; left out, it stays valid and can be printed',
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(10)
  @Max(31_622_400)
  validSeconds?: number;
}

export class CheckInLinkResponse {
  @ApiProperty({ description: 'Signed; 50 characters' })
  token!: string;
  @ApiProperty({ description: 'Where a code at the resource leads, below the address of the console' })
  path!: string;
  @ApiProperty({ type: String, nullable: true, description: 'The whole address, where the server knows its own' })
  url!: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  expiresAt!: string | null;
}
