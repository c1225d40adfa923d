import { ApiProperty } from '@nestjs/swagger';
import type { TokenUsage } from './token-use';

/** Requests with a token, or with the tokens of a program, in the last 30 days. */
export class TokenUsageResponse implements TokenUsage {
  @ApiProperty({ format: 'date', description: 'Today by UTC: the day of the last number' })
  lastDay!: string;
  @ApiProperty({ type: 'integer', isArray: true, description: 'Requests on each of 30 days, the oldest first; seconds behind' })
  requests!: readonly number[];
}
