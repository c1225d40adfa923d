import { IsTimeZone } from '@berth/platform/http';
import { ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateNested,
} from 'class-validator';
import { notificationKinds } from '../notification';
import { channels, digests, presets } from './preferences';

const CLOCK = '^([01]\\d|2[0-3]):[0-5]\\d$';
const clockPattern = new RegExp(CLOCK);

export class ChannelsResponse {
  @ApiProperty()
  @IsBoolean()
  inApp!: boolean;
  @ApiProperty()
  @IsBoolean()
  email!: boolean;
  @ApiProperty()
  @IsBoolean()
  push!: boolean;
}

export class QuietHoursRequest {
  @ApiProperty({ pattern: CLOCK, example: '22:00' })
  @Matches(clockPattern)
  from!: string;
  @ApiProperty({ pattern: CLOCK, example: '07:00', description: 'On the next day where it is before `from`' })
  @Matches(clockPattern)
  to!: string;
  @ApiProperty({ example: 'Europe/Berlin' })
  @IsTimeZone()
  timeZone!: string;
}

/** Kinds with `inApp`, `email` and `push`, and nothing else. */
const isMatrix = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(value).every(
    ([kind, ways]) =>
      (notificationKinds as readonly string[]).includes(kind) &&
      typeof ways === 'object' &&
      ways !== null &&
      Object.keys(ways).length === channels.length &&
      channels.every((it) => typeof (ways as Record<string, unknown>)[it] === 'boolean'),
  );

const IsMatrix = (): PropertyDecorator =>
  ValidateBy({
    name: 'isMatrix',
    validator: { validate: isMatrix, defaultMessage: () => 'is not a kind with inApp, email and push, each true or false' },
  });

/** Keys are kinds; spelled as a map, as a list of them would have to be kept in step. */
const matrixSchema = {
  type: 'object',
  description: `For each kind, in which ways it is told. Kinds: ${notificationKinds.join(', ')}`,
  additionalProperties: { $ref: getSchemaPath(ChannelsResponse) },
} as const;

export class NotificationPreferencesRequest {
  @ApiProperty({ enum: presets, description: '`own`: as the matrix says' })
  @IsIn(presets)
  preset!: (typeof presets)[number];

  @ApiPropertyOptional({ ...matrixSchema, description: 'Taken with the preset `own` only; a kind left out is told as usual' })
  @IsOptional()
  @IsObject()
  @IsMatrix()
  matrix?: Record<string, ChannelsResponse>;

  @ApiProperty({ type: QuietHoursRequest, nullable: true, description: 'Mail and push wait until they end; not what is about security' })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => QuietHoursRequest)
  quietHours!: QuietHoursRequest | null;

  @ApiProperty({ enum: digests, description: 'What asks for nothing and has time comes in one letter' })
  @IsIn(digests)
  digest!: (typeof digests)[number];

  @ApiProperty({ pattern: CLOCK, example: '08:00', description: 'In the zone of the person; weekly ones on Mondays' })
  @Matches(clockPattern)
  digestAt!: string;

  @ApiProperty({ type: [Number], maxItems: 3, description: 'How long before a reservation one is reminded of it' })
  @IsDefined()
  @IsArray()
  @ArrayMaxSize(3)
  @ArrayUnique()
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(10_080, { each: true })
  reminderLeadMinutes!: number[];
}

export class NotificationPreferencesResponse {
  @ApiProperty({ enum: presets })
  preset!: string;
  @ApiProperty(matrixSchema)
  matrix!: object;
  @ApiProperty({ type: QuietHoursRequest, nullable: true })
  quietHours!: QuietHoursRequest | null;
  @ApiProperty({ enum: digests })
  digest!: string;
  @ApiProperty({ example: '08:00' })
  digestAt!: string;
  @ApiProperty({ type: [Number] })
  reminderLeadMinutes!: readonly number[];
  @ApiProperty({ description: '0 while nothing was chosen' })
  version!: number;
}
