import { type ProvisioningOutcome, provisioningOutcomes } from '@berth/contracts';
import { PageEndResponse } from '@berth/platform/http';
import { type CustomValues, RESERVATION_STATUSES, type ReservationStatus } from '@berth/scheduling';
import { ApiProperty } from '@nestjs/swagger';

export class PersonSummary {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  displayName!: string;
}

export class ReservationItemResponse {
  @ApiProperty({ format: 'uuid' })
  resourceId!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty({ enum: ['ACCEPTED', 'TENTATIVE', 'DECLINED', 'NEEDS-ACTION'], description: 'RFC 5545 §3.2.12' })
  partstat!: 'ACCEPTED' | 'TENTATIVE' | 'DECLINED' | 'NEEDS-ACTION';
  @ApiProperty()
  quantity!: number;
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  siteId!: string | null;
  @ApiProperty({ type: String, nullable: true })
  siteName!: string | null;
  @ApiProperty({ type: String, nullable: true })
  floorName!: string | null;
  @ApiProperty()
  timeZone!: string;
}

export class ProvisioningResponse {
  @ApiProperty({ enum: provisioningOutcomes })
  outcome!: ProvisioningOutcome;
  @ApiProperty({ type: String, nullable: true, description: 'In the words of the provisioner; for whose reservation it is' })
  message!: string | null;
  @ApiProperty({ format: 'date-time' })
  at!: string;
}

export class ReservationResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ enum: RESERVATION_STATUSES })
  status!: ReservationStatus;
  @ApiProperty({ type: String, nullable: true })
  title!: string | null;
  @ApiProperty({ type: String, nullable: true })
  description!: string | null;
  @ApiProperty({ format: 'date-time' })
  start!: string;
  @ApiProperty({ format: 'date-time' })
  end!: string;
  @ApiProperty()
  timeZone!: string;
  @ApiProperty()
  private!: boolean;
  @ApiProperty({ type: Number, nullable: true })
  attendees!: number | null;
  @ApiProperty({ type: 'object', additionalProperties: { oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }] } })
  customFields!: CustomValues;
  @ApiProperty({ type: PersonSummary, nullable: true, description: 'null where that person does not let the reader know' })
  organizer!: PersonSummary | null;
  @ApiProperty({ type: PersonSummary, nullable: true, description: 'Who booked it for the organizer, where the reader may know' })
  bookedBy!: PersonSummary | null;
  @ApiProperty()
  mine!: boolean;
  @ApiProperty({ type: [ReservationItemResponse] })
  resources!: readonly ReservationItemResponse[];
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  cancelledAt!: string | null;
  @ApiProperty({ type: String, nullable: true })
  cancelReason!: string | null;
  @ApiProperty({ description: 'Cancelled with less notice than its resources ask for' })
  cancelledLate!: boolean;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Until when the cancellation can be taken back' })
  undoUntil!: string | null;
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'The series it is an occurrence of' })
  seriesId!: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'The start the series gave it (RFC 5545 §3.8.4.4)' })
  recurrenceId!: string | null;
  @ApiProperty({ type: ProvisioningResponse, nullable: true, description: 'What was last reported of setting up what is booked' })
  provisioning!: ProvisioningResponse | null;
  @ApiProperty()
  version!: number;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class ReservationPage {
  @ApiProperty({ type: [ReservationResponse] })
  data!: readonly ReservationResponse[];
  @ApiProperty({ type: PageEndResponse })
  page!: PageEndResponse;
}

export class HistoryEntryResponse {
  @ApiProperty()
  type!: string;
  @ApiProperty({ format: 'date-time' })
  at!: string;
  @ApiProperty({ type: PersonSummary, nullable: true })
  actor!: PersonSummary | null;
  @ApiProperty({ type: 'object', additionalProperties: true })
  data!: unknown;
}

export class HistoryResponse {
  @ApiProperty({ type: [HistoryEntryResponse] })
  data!: readonly HistoryEntryResponse[];
}

export class HoldResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ format: 'uuid' })
  resourceId!: string;
  @ApiProperty({ format: 'date-time' })
  start!: string;
  @ApiProperty({ format: 'date-time' })
  end!: string;
  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;
  @ApiProperty({ format: 'date-time', description: 'However often it is refreshed' })
  maxExpiresAt!: string;
}
