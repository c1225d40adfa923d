import { ApiProperty } from '@nestjs/swagger';
import type { OwnSession } from './session.queries';

export class OwnSessionResponse implements OwnSession {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ description: 'The one that asks' })
  current!: boolean;
  @ApiProperty({ type: String, nullable: true, description: 'What the browser or program said it is' })
  userAgent!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'Where it was opened from' })
  address!: string | null;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
  @ApiProperty({ format: 'date-time', description: 'To the minute' })
  lastSeenAt!: string;
  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;
}

export class OwnSessionList {
  @ApiProperty({ type: [OwnSessionResponse] })
  data!: readonly OwnSessionResponse[];
}
