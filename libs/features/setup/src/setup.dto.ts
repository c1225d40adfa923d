import { RegisterRequest } from '@berth/people';
import { IsPlainText, IsTimeZone } from '@berth/platform/http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsDefined,
  IsEmail,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { type Kind, kinds } from './kinds';
import type { AddedAdministrator } from './reopen';

export class WorkingHoursRequest {
  @ApiProperty({ examples: ['08:00'] })
  @Matches(/^([01]\d|2[0-3]):[0-5]\d$/, { message: 'is not a time like 08:00' })
  opens!: string;

  @ApiProperty({ examples: ['18:00'] })
  @Matches(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, { message: 'is not a time like 18:00' })
  closes!: string;

  @ApiProperty({ type: [Number], description: '1 is Monday' })
  @IsArray()
  @ArrayMaxSize(7)
  @ArrayUnique()
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(7, { each: true })
  weekdays!: number[];
}

export class OrganizationRequest {
  @ApiProperty({ minLength: 1, maxLength: 200 })
  @IsString()
  @Length(1, 200)
  @IsPlainText()
  name!: string;

  @ApiProperty({ examples: ['Europe/Berlin'] })
  @IsTimeZone()
  timeZone!: string;

  @ApiPropertyOptional({ enum: ['en', 'es', 'fr', 'de'], default: 'en' })
  @IsOptional()
  @IsIn(['en', 'es', 'fr', 'de'])
  language?: string;

  @ApiPropertyOptional({ minimum: 1, maximum: 7, default: 1, description: '1 is Monday' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(7)
  weekStart?: number;

  @ApiPropertyOptional({ type: WorkingHoursRequest, description: 'When resources are open; always where left out' })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => WorkingHoursRequest)
  workingHours?: WorkingHoursRequest;

  @ApiPropertyOptional({ default: false, description: 'People may join by themselves' })
  @IsOptional()
  @IsBoolean()
  registrationOpen?: boolean;
}

export class InitialiseRequest {
  @ApiProperty({ description: 'Printed where Berth was started' })
  @IsString()
  @Length(1, 200)
  setupToken!: string;

  @ApiProperty({ type: OrganizationRequest })
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => OrganizationRequest)
  organization!: OrganizationRequest;

  @ApiProperty({ type: RegisterRequest })
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => RegisterRequest)
  admin!: RegisterRequest;

  @ApiPropertyOptional({
    enum: kinds,
    isArray: true,
    default: ['room'],
    description: 'What is shared; each kind brings a type with sensible rules, the first is the default',
  })
  @IsOptional()
  @IsArray()
  @ArrayUnique()
  @IsIn(kinds, { each: true })
  kinds?: Kind[];

  @ApiPropertyOptional({ enum: ['demo', 'blank'], default: 'blank' })
  @IsOptional()
  @IsIn(['demo', 'blank'])
  startData?: 'demo' | 'blank';
}

export class SetupStatusResponse {
  @ApiProperty({ enum: ['open', 'done'] })
  state!: 'open' | 'done';

  @ApiProperty({ description: 'People may join by themselves' })
  registrationOpen!: boolean;

  @ApiProperty({ description: 'Mail can be sent; where not, links are handed over by an administrator' })
  mail!: boolean;
}

export class AddedAdministratorResponse implements AddedAdministrator {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  username!: string;
}

export class SetupTestMailRequest {
  @ApiProperty({ format: 'email', maxLength: 254 })
  @IsEmail()
  @MaxLength(254)
  email!: string;

  @ApiPropertyOptional({ enum: ['en', 'es', 'fr', 'de'], default: 'en' })
  @IsOptional()
  @IsIn(['en', 'es', 'fr', 'de'])
  language?: string;
}

export class SetupTestMailResponse {
  @ApiProperty({ description: 'Where it went' })
  to!: string;
  @ApiProperty({ description: 'The server that took it' })
  server!: string;
}
