import { RESERVATION_STATUSES, type ReservationStatus } from '@berth/scheduling';
import { ApiProperty } from '@nestjs/swagger';
import { PersonSummary } from '../reservations.responses';
import { ClockWarningResponse } from './recurrence.dto';

export class SeriesItemResponse {
  @ApiProperty({ format: 'uuid' })
  resourceId!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty()
  quantity!: number;
}

export class SeriesResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ type: String, nullable: true })
  title!: string | null;
  @ApiProperty({ type: String, nullable: true })
  description!: string | null;
  @ApiProperty({ format: 'date-time', description: 'Of the first occurrence' })
  start!: string;
  @ApiProperty({ format: 'date-time', description: 'Of the first occurrence' })
  end!: string;
  @ApiProperty({ description: 'What the clock of `timeZone` shows at the first' })
  localStart!: string;
  @ApiProperty()
  timeZone!: string;
  @ApiProperty({ description: 'RFC 5545 §3.3.10' })
  rrule!: string;
  @ApiProperty({ type: [String], description: 'Local times' })
  exdates!: readonly string[];
  @ApiProperty({ type: [String], description: 'Local times' })
  rdates!: readonly string[];
  @ApiProperty({ type: [SeriesItemResponse] })
  resources!: readonly SeriesItemResponse[];
  @ApiProperty({ type: PersonSummary, nullable: true, description: 'null where that person does not let the reader know' })
  organizer!: PersonSummary | null;
  @ApiProperty()
  mine!: boolean;
  @ApiProperty()
  private!: boolean;
  @ApiProperty({ type: Number, nullable: true })
  attendees!: number | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Up to when occurrences are booked; null where all are' })
  materialisedUntil!: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  cancelledAt!: string | null;
  @ApiProperty({ type: String, nullable: true })
  cancelReason!: string | null;
  @ApiProperty()
  version!: number;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class SeriesOccurrenceResponse {
  @ApiProperty({ format: 'uuid', description: 'The reservation' })
  id!: string;
  @ApiProperty({ format: 'date-time', description: 'The start the rule gave it' })
  recurrenceId!: string;
  @ApiProperty({ format: 'date-time' })
  start!: string;
  @ApiProperty({ format: 'date-time' })
  end!: string;
  @ApiProperty({ enum: RESERVATION_STATUSES })
  status!: ReservationStatus;
  @ApiProperty({ type: [String], format: 'uuid' })
  resourceIds!: readonly string[];
  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'The entry in the waitlist with which the organizer waits for it',
  })
  waitlistEntryId!: string | null;
  @ApiProperty()
  version!: number;
}

export class SeriesWithOccurrencesResponse extends SeriesResponse {
  @ApiProperty({ type: [SeriesOccurrenceResponse] })
  occurrences!: readonly SeriesOccurrenceResponse[];
}

export class SeriesBookedResponse {
  @ApiProperty({ type: SeriesResponse })
  series!: SeriesResponse;
  @ApiProperty({ type: [SeriesOccurrenceResponse] })
  occurrences!: readonly SeriesOccurrenceResponse[];
  @ApiProperty({ type: [ClockWarningResponse] })
  warnings!: readonly ClockWarningResponse[];
}
