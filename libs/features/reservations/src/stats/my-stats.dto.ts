import { IsTimeZone } from '@berth/platform/http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';

export class MyStatsQuery {
  @ApiPropertyOptional({ description: 'IANA zone whose weeks and months are meant; the organization’s where it is left out' })
  @IsOptional()
  @IsTimeZone()
  timeZone?: string;

  @ApiPropertyOptional({ minimum: 1, maximum: 7, description: '1 is Monday; the organization’s where it is left out' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(7)
  weekStart?: number;
}

export class BookedResponse {
  @ApiProperty({ format: 'date-time' })
  from!: string;
  @ApiProperty({ format: 'date-time' })
  to!: string;
  @ApiProperty({ description: 'What is booked within it, no-shows left out' })
  minutes!: number;
  @ApiProperty()
  bookings!: number;
  @ApiProperty()
  noShows!: number;
}

export class MonthBookedResponse extends BookedResponse {
  @ApiProperty({ description: 'Bookings of the month that have not begun' })
  toCome!: number;
}

export class UsualPlaceResponse {
  @ApiProperty({ format: 'uuid' })
  resourceId!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty({ type: String, nullable: true })
  siteName!: string | null;
  @ApiProperty({ type: String, nullable: true })
  floorName!: string | null;
  @ApiProperty({ description: 'IANA zone that counts for it' })
  timeZone!: string;
  @ApiProperty({ type: Number, nullable: true })
  capacity!: number | null;
  @ApiProperty()
  units!: number;
  @ApiProperty({ description: 'Whether it can be booked at all at present' })
  bookable!: boolean;
  @ApiProperty()
  bookings!: number;
  @ApiProperty()
  minutes!: number;
  @ApiProperty({ format: 'date-time', description: 'Of the latest booking' })
  lastStart!: string;
  @ApiProperty({ format: 'date-time' })
  lastEnd!: string;
}

export class MyStatsResponse {
  @ApiProperty({ description: 'IANA zone whose weeks and months are meant' })
  timeZone!: string;
  @ApiProperty({ type: BookedResponse })
  week!: BookedResponse;
  @ApiProperty({ type: MonthBookedResponse })
  month!: MonthBookedResponse;
  @ApiProperty({ type: BookedResponse })
  lastMonth!: BookedResponse;
  @ApiProperty({ type: [Number], minItems: 7, maxItems: 7, description: 'Minutes booked of the last 90 days and to come, Monday first' })
  weekdayMinutes!: readonly number[];
  @ApiProperty({ type: Number, nullable: true, minimum: 1, maximum: 7, description: '1 is Monday; null for who has nothing booked' })
  busiestWeekday!: number | null;
  @ApiProperty({ type: [UsualPlaceResponse], maxItems: 6, description: 'The most booked first' })
  usual!: readonly UsualPlaceResponse[];
}
