import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';

export class BeginQuery {
  @ApiPropertyOptional({ description: 'Page of the console to go to afterwards', maxLength: 500 })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  returnUrl?: string;
}

export class ProviderSignOutResponse {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'null for a session that came otherwise, or where the provider has no such place',
  })
  url!: string | null;
}
