import { isCivilDate } from '@berth/kernel';
import { IfGiven, IsReference } from '@berth/places';
import { IsInstant, isReckonable, ToBoolean } from '@berth/platform/http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional, ValidateBy } from 'class-validator';
import type { OwnResource, ResourceAssignment } from './assignment';

/** A day that there is, from 1970 to 9000. */
const IsDay = (): PropertyDecorator =>
  ValidateBy({
    name: 'isDay',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && isCivilDate(value) && isReckonable(new Date(value)),
      defaultMessage: () => 'is not a day like 2026-12-01',
    },
  });

export class AssigneeSummary {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  displayName!: string;
}

export class ResourceAssignmentResponse implements ResourceAssignment {
  @ApiProperty({ type: AssigneeSummary, nullable: true, description: 'null where the caller may not know' })
  person!: AssigneeSummary | null;
  @ApiProperty({ description: 'Whether it is the caller’s' })
  mine!: boolean;
  @ApiProperty({ format: 'date-time' })
  from!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  until!: string | null;
  @ApiProperty({ type: [String], format: 'date', description: 'Days from today on that others may have, by the clock of the resource' })
  sharedDays!: readonly string[];
}

export class AssignmentOfResource {
  @ApiProperty({ type: ResourceAssignmentResponse, nullable: true, description: 'null where it is nobody’s' })
  assignment!: ResourceAssignmentResponse | null;
  @ApiProperty({ description: 'Of the resource: what If-Match names where it is assigned' })
  resourceVersion!: number;
}

export class OwnResourceSummary {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty({ format: 'uuid' })
  typeId!: string;
  @ApiProperty({ description: 'IANA zone' })
  timeZone!: string;
}

export class OwnResourceResponse extends ResourceAssignmentResponse implements OwnResource {
  @ApiProperty({ type: OwnResourceSummary })
  resource!: OwnResourceSummary;
  @ApiProperty({ type: String, nullable: true, description: 'Where it is, in words' })
  place!: string | null;
}

export class OwnResourcesResponse {
  @ApiProperty({ type: [OwnResourceResponse] })
  data!: readonly OwnResourceResponse[];
}

export class StayingReservation {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ format: 'date-time' })
  start!: string;
  @ApiProperty({ format: 'date-time' })
  end!: string;
}

export class StayingReservations {
  @ApiProperty({ type: [StayingReservation], description: 'The first 20 by start' })
  reservations!: readonly StayingReservation[];
  @ApiProperty()
  total!: number;
}

export class TakenBackResponse extends ResourceAssignmentResponse {
  @ApiProperty({ type: StayingReservations, description: 'Reservations of others on these days, which stay' })
  staying!: StayingReservations;
}

export class AssignRequest {
  @ApiProperty({ format: 'uuid', description: 'Whose it is to be' })
  @IsReference()
  personId!: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Now where it is left out' })
  @IfGiven()
  @IsInstant()
  from?: string;

  @ApiPropertyOptional({ type: String, format: 'date-time', nullable: true })
  @IsOptional()
  @IsInstant()
  until?: string | null;
}

export class DaysRequest {
  @ApiProperty({ format: 'date', description: 'The first day, by the clock of the resource' })
  @IsDay()
  from!: string;

  @ApiProperty({ format: 'date', description: 'The last day' })
  @IsDay()
  to!: string;
}

export class TakeBackQuery extends DaysRequest {
  @ApiPropertyOptional({ description: 'Answers what would stay and changes nothing', default: false })
  @IsOptional()
  @ToBoolean()
  @IsBoolean()
  dryRun: boolean = false;
}
