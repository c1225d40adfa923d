import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';
import { notificationKinds } from '../notification';
import { NotificationFactsResponse } from '../notifications.dto';

const linkVerbs = ['approve', 'reject', 'accept', 'decline', 'check-in', 'extend', 'cancel', 'unsubscribe'] as const;

export class LinkRequest {
  @ApiProperty({ minLength: 1, maxLength: 2000, description: 'What follows `#` in the link of the letter' })
  @IsString()
  @MinLength(1)
  @MaxLength(2000)
  token!: string;
}

export class InspectedLinkResponse {
  @ApiProperty({ enum: linkVerbs, description: 'What sending it to `/notifications/act` does' })
  verb!: string;
  @ApiProperty({ enum: notificationKinds })
  kind!: string;
  @ApiProperty({ description: 'Who got the letter, and in whose name it is done' })
  personName!: string;
  @ApiProperty()
  organization!: string;
  @ApiProperty({ type: NotificationFactsResponse })
  facts!: NotificationFactsResponse;
  @ApiProperty({ description: 'It was done already, here or elsewhere' })
  isDone!: boolean;
  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  expiresAt!: string | null;
}

export class ActedResponse {
  @ApiProperty({ enum: linkVerbs })
  verb!: string;
  @ApiProperty({ enum: notificationKinds })
  kind!: string;
}

export class UnsubscribeQuery {
  @ApiProperty({ minLength: 1, maxLength: 2000 })
  @IsString()
  @MinLength(1)
  @MaxLength(2000)
  token!: string;
}
