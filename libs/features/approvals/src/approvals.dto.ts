import { IsInstant, IsPlainText, ListQuery, PageEndResponse } from '@berth/platform/http';
import { PersonSummary, ReservationResponse } from '@berth/reservations';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsOptional, IsString, IsUUID, Matches, MaxLength, ValidateNested } from 'class-validator';

const MESSAGE_MAX = 1000;
const STATUSES = ['waiting', 'approved', 'rejected', 'expired', 'withdrawn'] as const;

export class PendingQuery extends ListQuery {}

export class SuggestionRequest {
  @ApiProperty({ format: 'date-time' })
  @IsInstant()
  start!: string;

  @ApiProperty({ format: 'date-time' })
  @IsInstant()
  end!: string;
}

export class RespondRequest {
  @ApiProperty({ enum: ['approve', 'reject'] })
  @IsIn(['approve', 'reject'])
  decision!: 'approve' | 'reject';

  @ApiPropertyOptional({ type: String, maxLength: MESSAGE_MAX, nullable: true })
  @IsOptional()
  @IsString()
  @MaxLength(MESSAGE_MAX)
  @IsPlainText()
  message?: string | null;

  @ApiPropertyOptional({ type: SuggestionRequest, nullable: true, description: 'With a rejection: another time that would be agreed to' })
  @IsOptional()
  @ValidateNested()
  @Type(() => SuggestionRequest)
  suggestion?: SuggestionRequest | null;
}

export class DelegateRequest {
  @ApiProperty({ format: 'uuid', description: 'Who is asked instead' })
  @IsUUID('all')
  to!: string;

  @ApiPropertyOptional({ type: String, maxLength: MESSAGE_MAX, nullable: true })
  @IsOptional()
  @IsString()
  @MaxLength(MESSAGE_MAX)
  @IsPlainText()
  message?: string | null;
}

export class QuestionRequest {
  @ApiProperty({ minLength: 1, maxLength: MESSAGE_MAX })
  @IsString()
  @Matches(/\S/, { message: 'must say something' })
  @MaxLength(MESSAGE_MAX)
  @IsPlainText()
  question!: string;
}

export class AnswerRequest {
  @ApiProperty({ minLength: 1, maxLength: MESSAGE_MAX })
  @IsString()
  @Matches(/\S/, { message: 'must say something' })
  @MaxLength(MESSAGE_MAX)
  @IsPlainText()
  answer!: string;
}

export class AskedPersonResponse extends PersonSummary {
  @ApiProperty()
  step!: number;
  @ApiProperty({ type: PersonSummary, nullable: true })
  delegatedBy!: PersonSummary | null;
  @ApiProperty({ type: String, enum: ['approve', 'reject', 'delegate'], nullable: true })
  answer!: 'approve' | 'reject' | 'delegate' | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  answeredAt!: string | null;
  @ApiProperty({ type: String, nullable: true })
  message!: string | null;
}

export class QuestionResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  question!: string;
  @ApiProperty({ type: PersonSummary })
  askedBy!: PersonSummary;
  @ApiProperty({ format: 'date-time' })
  askedAt!: string;
  @ApiProperty({ type: String, nullable: true })
  answer!: string | null;
  @ApiProperty({ type: PersonSummary, nullable: true })
  answeredBy!: PersonSummary | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  answeredAt!: string | null;
}

export class SuggestionResponse {
  @ApiProperty({ format: 'date-time' })
  start!: string;
  @ApiProperty({ format: 'date-time' })
  end!: string;
}

export class ApprovalResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ format: 'uuid' })
  reservationId!: string;
  @ApiProperty({ enum: STATUSES })
  status!: (typeof STATUSES)[number];
  @ApiProperty({ minimum: 1 })
  step!: number;
  @ApiProperty({ minimum: 1 })
  steps!: number;
  @ApiProperty({ format: 'date-time' })
  requestedAt!: string;
  @ApiProperty({ type: PersonSummary })
  requestedBy!: PersonSummary;
  @ApiProperty({ format: 'date-time', description: 'Declined when nobody decided by then' })
  dueAt!: string;
  @ApiProperty({ type: [AskedPersonResponse], description: 'Nobody at a step that those who manage decide' })
  asked!: readonly AskedPersonResponse[];
  @ApiProperty({ type: [QuestionResponse], description: 'What those who decide wanted to know' })
  questions!: readonly QuestionResponse[];
  @ApiProperty({ description: 'Whether the caller may answer now' })
  mayRespond!: boolean;
  @ApiProperty({ type: PersonSummary, nullable: true })
  decidedBy!: PersonSummary | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  endedAt!: string | null;
  @ApiProperty({ type: String, nullable: true })
  message!: string | null;
  @ApiProperty({ type: SuggestionResponse, nullable: true })
  suggestion!: SuggestionResponse | null;
  @ApiProperty({ type: ReservationResponse })
  reservation!: ReservationResponse;
  @ApiProperty()
  version!: number;
}

export class ApprovalPage {
  @ApiProperty({ type: [ApprovalResponse] })
  data!: readonly ApprovalResponse[];
  @ApiProperty({ type: PageEndResponse })
  page!: PageEndResponse;
  @ApiProperty({ description: 'How many wait' })
  total!: number;
}

export class RecordResponse {
  @ApiProperty({ description: 'Booked in the month of the request, without the request itself' })
  minutesInMonth!: number;
  @ApiProperty()
  approved!: number;
  @ApiProperty()
  rejected!: number;
  @ApiProperty({ description: 'Of the last half year' })
  noShows!: number;
}

export class EarlierRequestResponse {
  @ApiProperty({ format: 'uuid' })
  reservationId!: string;
  @ApiProperty({ type: String, nullable: true })
  title!: string | null;
  @ApiProperty({ format: 'date-time' })
  start!: string;
  @ApiProperty({ format: 'date-time' })
  end!: string;
  @ApiProperty({ enum: ['approved', 'rejected', 'expired'] })
  status!: 'approved' | 'rejected' | 'expired';
  @ApiProperty({ type: PersonSummary, nullable: true })
  decidedBy!: PersonSummary | null;
  @ApiProperty({ format: 'date-time' })
  requestedAt!: string;
  @ApiProperty({ format: 'date-time' })
  endedAt!: string;
}

export class RivalResponse {
  @ApiProperty({ format: 'uuid', description: 'Of the entry in the waitlist' })
  id!: string;
  @ApiProperty({ type: PersonSummary })
  person!: PersonSummary;
  @ApiProperty({ format: 'date-time' })
  start!: string;
  @ApiProperty({ format: 'date-time' })
  end!: string;
  @ApiProperty()
  flexMinutes!: number;
  @ApiProperty()
  quantity!: number;
}

/** Everything in it is about the resources of the request and no others. */
export class BackgroundResponse {
  @ApiProperty({ type: RecordResponse, description: 'Of the person who waits' })
  record!: RecordResponse;
  @ApiProperty({ type: [EarlierRequestResponse], description: 'Of the same person, the latest first' })
  earlier!: readonly EarlierRequestResponse[];
  @ApiProperty({ type: [RivalResponse], description: 'Who waits for the same time, in the order they are offered it' })
  rivals!: readonly RivalResponse[];
  @ApiProperty({ description: 'How many more wait' })
  moreRivals!: number;
}

export class ApproverDto {
  @ApiProperty({ enum: ['user', 'group'] })
  kind!: 'user' | 'group';
  @ApiProperty({ format: 'uuid' })
  id!: string;
}

const approvers = { type: 'array', items: { $ref: '#/components/schemas/ApproverDto' } } as const;

/** Read by the rules of policies, which say more exactly what is wrong. */
export class ApprovalSettingsRequest {
  @ApiProperty({ enum: ['none', 'required', 'requiredFor'] })
  @IsIn(['none', 'required', 'requiredFor'])
  mode!: 'none' | 'required' | 'requiredFor';

  @ApiPropertyOptional({ description: 'ISO 8601; what is not decided by then is declined', default: 'P2D' })
  @IsOptional()
  @IsString()
  deadline?: string;

  @ApiPropertyOptional({ ...approvers, description: 'Whom to ask, each of them is enough; nobody means those who manage' })
  @IsOptional()
  approvers?: unknown;

  @ApiPropertyOptional({ type: 'array', items: approvers, description: 'Steps after the first' })
  @IsOptional()
  then?: unknown;

  @ApiPropertyOptional({
    type: 'object',
    properties: { longerThan: { type: 'string', example: 'PT4H' }, outOfHours: { type: 'boolean' } },
    description: 'With `requiredFor`: what asks for approval',
  })
  @IsOptional()
  requiredFor?: unknown;
}

export class ApprovalSettingsResponse {
  @ApiProperty({ format: 'uuid' })
  resourceId!: string;
  @ApiProperty({ type: ApprovalSettingsRequest })
  approval!: object;
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'Where it was set: level, id, name' })
  source!: object;
  @ApiProperty({ description: 'Of the resource' })
  version!: number;
}
