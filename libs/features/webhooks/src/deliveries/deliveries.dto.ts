import { IsInstant, IsPlainText, ListQuery, PageEndResponse, ToCommaList } from '@berth/platform/http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsIn, IsOptional, IsString, IsUUID, Length } from 'class-validator';
import { PostFailureResponse } from '../endpoints/webhooks.dto';
import { type Attempt, type Delivery, type DeliveryState, deliveryStates } from './delivery.queries';

export class DeliveriesQuery extends ListQuery {
  @ApiPropertyOptional({ description: 'States parted by commas', type: String })
  @IsOptional()
  @ToCommaList()
  @IsIn(deliveryStates, { each: true })
  state?: DeliveryState[];

  @ApiPropertyOptional({ description: 'Types of events parted by commas', type: String })
  @IsOptional()
  @ToCommaList()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @Length(1, 100, { each: true })
  @IsPlainText({ each: true })
  event?: string[];

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  resourceId?: string;

  @ApiPropertyOptional({ format: 'date-time' })
  @IsOptional()
  @IsInstant()
  from?: string;

  @ApiPropertyOptional({ format: 'date-time' })
  @IsOptional()
  @IsInstant()
  to?: string;
}

export class ReplaySinceQuery {
  @ApiProperty({ format: 'date-time', description: 'What was made since then and has not arrived is sent again' })
  @IsInstant()
  since!: string;
}

export class DeliveryResponse implements Delivery {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ format: 'uuid', description: 'webhook-id of every attempt' })
  eventId!: string;
  @ApiProperty()
  eventType!: string;
  @ApiProperty({ description: 'A kind and an id' })
  subject!: string;
  @ApiProperty()
  sequence!: number;
  @ApiProperty({ enum: deliveryStates, description: '`failed` is tried again, `exhausted` is not' })
  state!: DeliveryState;
  @ApiProperty()
  attempts!: number;
  @ApiProperty({ type: 'integer', nullable: true })
  lastStatus!: number | null;
  @ApiProperty({ type: String, nullable: true })
  lastFailure!: string | null;
  @ApiProperty({ type: 'integer', nullable: true })
  lastDurationMs!: number | null;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  nextAttemptAt!: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  deliveredAt!: string | null;
  @ApiProperty({ description: 'Somebody sent it again' })
  isReplay!: boolean;
}

class AttemptResponse implements Attempt {
  @ApiProperty({ format: 'date-time' })
  at!: string;
  @ApiProperty({ type: 'integer' })
  durationMs!: number;
  @ApiProperty({ type: 'integer', nullable: true })
  status!: number | null;
  @ApiProperty({ type: PostFailureResponse, nullable: true })
  failure!: PostFailureResponse | null;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, description: 'Values of own headers are masked' })
  requestHeaders!: Readonly<Record<string, string>>;
  @ApiProperty()
  requestBody!: string;
  @ApiProperty({ type: String, nullable: true, description: 'The first KiB of what came back' })
  answer!: string | null;
}

export class DeliveryWithAttemptsResponse extends DeliveryResponse {
  @ApiProperty({ type: [AttemptResponse], description: 'Oldest first' })
  attemptLog!: readonly AttemptResponse[];
}

export class DeliveryPage {
  @ApiProperty({ type: [DeliveryResponse] })
  data!: readonly DeliveryResponse[];
  @ApiProperty({ type: PageEndResponse })
  page!: PageEndResponse;
}

export class ReplayedResponse {
  @ApiProperty({ format: 'uuid', description: 'The new delivery' })
  id!: string;
}

export class ReplayedSinceResponse {
  @ApiProperty({ description: 'How many are sent again; 10,000 at most' })
  count!: number;
}
