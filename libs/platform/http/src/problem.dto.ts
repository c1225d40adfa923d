import { problems, type ProblemCode } from '@berth/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** One thing wrong with one part of the request. */
export class FieldErrorResponse {
  @ApiProperty({ description: 'JSON pointer (RFC 6901) into the body, or `?name` of a query parameter' })
  pointer!: string;
  @ApiProperty()
  code!: string;
  @ApiProperty()
  detail!: string;
  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  params?: Record<string, unknown>;
}

/** The body of every 4xx and 5xx answer: `application/problem+json` (RFC 9457). */
export class ProblemResponse {
  @ApiProperty({ format: 'uri' })
  type!: string;
  @ApiProperty({ description: 'In the language of `Accept-Language`' })
  title!: string;
  @ApiProperty()
  status!: number;
  @ApiProperty({ enum: Object.keys(problems), description: 'The stable word for programs' })
  code!: ProblemCode;
  @ApiPropertyOptional()
  detail?: string;
  @ApiProperty({ format: 'uri-reference' })
  instance!: string;
  @ApiProperty()
  requestId!: string;
  @ApiPropertyOptional({ type: [FieldErrorResponse] })
  errors?: FieldErrorResponse[];
  @ApiPropertyOptional({ type: 'array', items: { type: 'object', additionalProperties: true } })
  conflicts?: Record<string, unknown>[];
  @ApiPropertyOptional({ type: 'array', items: { type: 'object', additionalProperties: true } })
  violations?: Record<string, unknown>[];
  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  policy?: Record<string, unknown>;
  @ApiPropertyOptional({ type: 'array', items: { type: 'object', additionalProperties: true } })
  suggestions?: Record<string, unknown>[];
}
