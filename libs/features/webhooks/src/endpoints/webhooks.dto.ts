import { IsPlainText, ProblemResponse } from '@berth/platform/http';
import { ApiProperty, ApiPropertyOptional, IntersectionType, PartialType, PickType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';
import { offeredEvents } from '../message/event-catalogue';
import { type Payload, payloads } from '../message/message';
import { type ScopeKind, scopeKinds } from './scope';
import { type DisabledReason, disabledReasons, type Health, type Webhook, type WebhookState, states } from './webhook';
import type { TestReport } from './try-webhook';

const settable = ['active', 'paused'] as const;
const HEADER_NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/;
const HEADER_VALUE = /^(?:[\x21-\x7e](?:[\x20-\x7e]{0,998}[\x21-\x7e])?|•{8})$/;

export class OwnHeaderRequest {
  @ApiProperty({ pattern: HEADER_NAME.source })
  @Matches(HEADER_NAME, { message: 'is the name of a header' })
  name!: string;

  @ApiProperty({ description: 'Never shown again: `••••••••` stands for it, and sent back keeps it' })
  @Matches(HEADER_VALUE, { message: 'takes up to 1000 printable ASCII characters' })
  value!: string;
}

export class ScopeRequest {
  @ApiProperty({ enum: scopeKinds })
  @IsIn(scopeKinds)
  kind!: ScopeKind;

  @ApiPropertyOptional({
    type: [String],
    format: 'uuid',
    maxItems: 200,
    default: [],
    description: 'Sites, types or resources; none for all',
  })
  @IsArray()
  @ArrayMaxSize(200)
  @ArrayUnique()
  @IsReferenceList()
  ids: string[] = [];

  @ApiPropertyOptional({ default: false, description: 'Of resources also what they consist of' })
  @IsBoolean()
  descendants: boolean = false;
}

function IsReferenceList(): PropertyDecorator {
  return Matches(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, { each: true, message: 'is an id' });
}

class SettingsRequest {
  @ApiProperty({ minLength: 1, maxLength: 100 })
  @IsString()
  @Length(1, 100)
  @IsPlainText()
  name!: string;

  @ApiProperty({ minLength: 1, maxLength: 2000, description: 'https on port 443 or 8443, unless the operator allows more' })
  @IsString()
  @Length(1, 2000)
  @IsPlainText()
  url!: string;

  @ApiProperty({
    type: [String],
    minItems: 1,
    maxItems: 100,
    description: 'Types of GET /webhooks/events; `reservation.*` is all of an object, `*` all',
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, 100, { each: true })
  events!: string[];

  @ApiProperty({ type: ScopeRequest })
  @ValidateNested()
  @Type(() => ScopeRequest)
  scope!: ScopeRequest;

  @ApiProperty({ enum: payloads, description: '`provisioning` adds public keys, answers and resources to reservation.started and .ended' })
  @IsIn(payloads)
  payload!: Payload;

  @ApiProperty({ type: [OwnHeaderRequest], maxItems: 20 })
  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => OwnHeaderRequest)
  headers!: OwnHeaderRequest[];

  @ApiProperty({ enum: settable, description: 'What happens while it is paused is not told later' })
  @IsIn(settable)
  state!: 'active' | 'paused';
}

export class ChangeWebhookRequest extends PartialType(SettingsRequest, { skipNullProperties: false }) {}

export class AddWebhookRequest extends IntersectionType(
  PickType(SettingsRequest, ['name', 'url', 'events'] as const),
  PartialType(PickType(SettingsRequest, ['scope', 'payload', 'headers', 'state'] as const), { skipNullProperties: false }),
) {}

export class TryWebhookRequest {
  @ApiPropertyOptional({ enum: offeredEvents.map((it) => it.type), description: 'Left out for webhook.test' })
  @IsOptional()
  @IsIn(offeredEvents.map((it) => it.type))
  event?: string;
}

class ScopeResponse {
  @ApiProperty({ enum: scopeKinds })
  kind!: ScopeKind;
  @ApiProperty({ type: [String], format: 'uuid' })
  ids!: readonly string[];
  @ApiProperty()
  descendants!: boolean;
}

class OwnHeaderResponse {
  @ApiProperty()
  name!: string;
  @ApiProperty({ description: 'Always masked' })
  value!: string;
}

class WebhookSecretResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'null for the present one' })
  expiresAt!: string | null;
}

class DeliveryHealthResponse implements Health {
  @ApiProperty()
  delivered!: number;
  @ApiProperty()
  failed!: number;
  @ApiProperty({ type: Number, nullable: true, minimum: 0, maximum: 1 })
  successRate!: number | null;
  @ApiProperty({ type: 'integer', nullable: true, description: '95th percentile of the milliseconds an attempt took' })
  p95Ms!: number | null;
}

class HealthOfPeriodsResponse {
  @ApiProperty({ type: DeliveryHealthResponse })
  day!: DeliveryHealthResponse;
  @ApiProperty({ type: DeliveryHealthResponse })
  week!: DeliveryHealthResponse;
}

class LastDeliveryResponse {
  @ApiProperty({ format: 'date-time' })
  at!: string;
  @ApiProperty({ enum: ['pending', 'delivered', 'failed', 'exhausted'] })
  state!: string;
  @ApiProperty({ type: 'integer', nullable: true })
  status!: number | null;
}

export class WebhookResponse implements Webhook {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty()
  url!: string;
  @ApiProperty({ enum: states })
  state!: WebhookState;
  @ApiProperty({
    type: String,
    enum: disabledReasons,
    nullable: true,
    description: '`gone`: 410; `failing`: nothing arrived for five days',
  })
  disabledReason!: DisabledReason | null;
  @ApiProperty({ type: [String] })
  events!: readonly string[];
  @ApiProperty({ type: ScopeResponse })
  scope!: ScopeResponse;
  @ApiProperty({ enum: payloads })
  payload!: Payload;
  @ApiProperty({ type: [OwnHeaderResponse] })
  headers!: readonly OwnHeaderResponse[];
  @ApiProperty({ type: [WebhookSecretResponse], description: 'Those that sign now, the present one first' })
  secrets!: readonly WebhookSecretResponse[];
  @ApiProperty({ type: HealthOfPeriodsResponse, description: 'By attempts, without what was sent again' })
  health!: HealthOfPeriodsResponse;
  @ApiProperty({ type: LastDeliveryResponse, nullable: true })
  lastDelivery!: LastDeliveryResponse | null;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
  @ApiProperty()
  version!: number;
}

export class AddedWebhookResponse extends WebhookResponse {
  @ApiProperty({ description: 'Shown this once' })
  secret!: string;
}

export class WebhooksResponse {
  @ApiProperty({ type: [WebhookResponse] })
  data!: readonly WebhookResponse[];
}

export class RotatedWebhookSecretResponse {
  @ApiProperty({ description: 'Shown this once' })
  secret!: string;
  @ApiProperty({ format: 'date-time', description: 'Until then the one before it signs beside it' })
  previousExpiresAt!: string;
}

export class OfferedEventResponse {
  @ApiProperty()
  type!: string;
  @ApiProperty()
  group!: string;
  @ApiProperty()
  description!: string;
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'A message as it might be sent, with the payload full' })
  sample!: Record<string, unknown>;
}

export class OfferedEventsResponse {
  @ApiProperty({ type: [OfferedEventResponse] })
  data!: readonly OfferedEventResponse[];
}

class SentRequestResponse {
  @ApiProperty()
  url!: string;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, description: 'Values of own headers are masked' })
  headers!: Readonly<Record<string, string>>;
  @ApiProperty()
  body!: string;
}

export class PostFailureResponse {
  @ApiProperty({ description: 'A word that stays, such as unreachable or too-slow' })
  reason!: string;
  @ApiProperty({ description: 'In English, for whoever looks after the receiver' })
  detail!: string;
}

export class TestReportResponse implements TestReport {
  @ApiProperty({ type: SentRequestResponse })
  request!: SentRequestResponse;
  @ApiProperty({ enum: ['delivered', 'failed'] })
  outcome!: 'delivered' | 'failed';
  @ApiProperty({ type: 'integer', nullable: true })
  status!: number | null;
  @ApiProperty({ type: 'integer' })
  durationMs!: number;
  @ApiProperty({ type: String, nullable: true, description: 'The first KiB of what came back' })
  answer!: string | null;
  @ApiProperty({ type: PostFailureResponse, nullable: true })
  failure!: TestReport['failure'];
}

export class WebhookTestFailedResponse extends ProblemResponse {
  @ApiProperty({ type: TestReportResponse, description: 'What was sent and what came of it' })
  test!: TestReportResponse;
}
