import { IsInstant, ListQuery, PageEndResponse } from '@berth/platform/http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { notificationKinds, notificationVerbs } from './notification';

export class NotificationsQuery extends ListQuery {
  @ApiPropertyOptional({ enum: ['action', 'all'], default: 'all', description: '`action`: what waits for the person and was not put off' })
  @IsOptional()
  @IsIn(['action', 'all'])
  tab: 'action' | 'all' = 'all';
}

export class SnoozeRequest {
  @ApiProperty({ format: 'date-time', description: 'When it comes back; in the future' })
  @IsInstant()
  until!: string;
}

export class ReadAllRequest {
  @ApiPropertyOptional({ format: 'date-time', description: 'Only what was told until then; left out for everything' })
  @IsOptional()
  @IsInstant()
  before?: string;
}

export class ReadAllResponse {
  @ApiProperty({ description: 'How many were unread' })
  read!: number;
}

export class NotificationSubjectResponse {
  @ApiProperty({ description: 'As events name it, like `reservations`' })
  kind!: string;
  @ApiProperty({ format: 'uuid' })
  id!: string;
}

export class NotificationSpanResponse {
  @ApiProperty({ format: 'date-time' })
  start!: string;
  @ApiProperty({ format: 'date-time' })
  end!: string;
}

export class NotificationJobResponse {
  @ApiProperty()
  kind!: string;
  @ApiProperty()
  state!: string;
  @ApiProperty()
  done!: number;
  @ApiProperty()
  total!: number;
}

/** What its words need, as it was when it was told; what a kind does not need is left out. */
export class NotificationFactsResponse {
  @ApiPropertyOptional({ type: String, nullable: true })
  title?: string | null;
  @ApiPropertyOptional({ description: 'Several are parted by commas' })
  resourceName?: string;
  @ApiPropertyOptional({ format: 'date-time' })
  start?: string;
  @ApiPropertyOptional({ format: 'date-time' })
  end?: string;
  @ApiPropertyOptional({ description: 'IANA zone of the reservation' })
  timeZone?: string;
  @ApiPropertyOptional({ description: 'Who did it, asks, or whose it is' })
  personName?: string;
  @ApiPropertyOptional()
  reason?: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'After that nothing can be done about it' })
  expiresAt?: string;
  @ApiPropertyOptional({ type: NotificationSpanResponse, description: 'Its time before' })
  previous?: NotificationSpanResponse;
  @ApiPropertyOptional({ type: NotificationSpanResponse, description: 'Another time that would be agreed to' })
  suggestion?: NotificationSpanResponse;
  @ApiPropertyOptional({ enum: ['approved', 'rejected'] })
  decision?: string;
  @ApiPropertyOptional()
  question?: string;
  @ApiPropertyOptional()
  answer?: string;
  @ApiPropertyOptional({ description: 'How many dates of a series' })
  occurrences?: number;
  @ApiPropertyOptional({ format: 'date-time', description: 'When it could end instead' })
  extendTo?: string;
  @ApiPropertyOptional()
  leadMinutes?: number;
  @ApiPropertyOptional({ description: 'Of provisioning: `granted`, `revoked`, `failed`' })
  outcome?: string;
  @ApiPropertyOptional()
  message?: string;
  @ApiPropertyOptional({ type: NotificationJobResponse })
  job?: NotificationJobResponse;
  @ApiPropertyOptional()
  used?: number;
  @ApiPropertyOptional()
  limit?: number;
  @ApiPropertyOptional({ description: 'Of a webhook, a token, a key' })
  name?: string;
  @ApiPropertyOptional({ description: 'Of `security`: the type of the event, like `api_token.created`' })
  change?: string;
}

/** Ids of the things its verbs are about. */
export class NotificationTargetResponse {
  @ApiPropertyOptional({ format: 'uuid' })
  reservationId?: string;
  @ApiPropertyOptional({ format: 'uuid' })
  seriesId?: string;
  @ApiPropertyOptional({ format: 'uuid' })
  approvalId?: string;
  @ApiPropertyOptional({ description: 'The step of the approval it was asked at' })
  step?: number;
  @ApiPropertyOptional({ format: 'uuid' })
  questionId?: string;
  @ApiPropertyOptional({ format: 'uuid' })
  waitlistId?: string;
  @ApiPropertyOptional({ format: 'uuid' })
  jobId?: string;
  @ApiPropertyOptional({ format: 'uuid' })
  webhookId?: string;
  @ApiPropertyOptional({ format: 'uuid' })
  accountId?: string;
}

export class NotificationResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ enum: notificationKinds })
  kind!: string;
  @ApiProperty({ type: NotificationSubjectResponse })
  subject!: NotificationSubjectResponse;
  @ApiProperty({ description: 'The same for all that is about one thing' })
  groupKey!: string;
  @ApiProperty({ type: NotificationFactsResponse })
  facts!: NotificationFactsResponse;
  @ApiProperty({ format: 'date-time' })
  at!: string;
  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  readAt!: string | null;
  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  snoozedUntil!: string | null;
  @ApiProperty({ description: 'It waits for the person; ends when it is done, here or elsewhere' })
  needsAction!: boolean;
  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  actedAt!: string | null;
  @ApiProperty({ enum: notificationVerbs, isArray: true })
  verbs!: readonly string[];
  @ApiProperty({ type: NotificationTargetResponse })
  target!: NotificationTargetResponse;
}

export class NotificationPage {
  @ApiProperty({ type: [NotificationResponse] })
  data!: readonly NotificationResponse[];
  @ApiProperty({ type: PageEndResponse })
  page!: PageEndResponse;
  @ApiProperty({ description: 'Of all, but for what was put off' })
  unread!: number;
  @ApiProperty({ description: 'Of all, but for what was put off' })
  needsAction!: number;
}
