import { Problem } from '@berth/contracts';
import { type CursorKey, decodeCursor, PAGE_LIMIT, PAGE_LIMIT_MAX } from '@berth/kernel';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';

/** What every list takes. */
export class ListQuery {
  @ApiPropertyOptional({ minimum: 1, maximum: PAGE_LIMIT_MAX, default: PAGE_LIMIT })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(PAGE_LIMIT_MAX)
  limit: number = PAGE_LIMIT;

  @ApiPropertyOptional({ description: '`page.nextCursor` of the page before' })
  @IsOptional()
  @IsString()
  @MaxLength(2048)
  cursor?: string;
}

/** A list that can count itself. */
export class CountableListQuery extends ListQuery {
  @ApiPropertyOptional({ enum: ['exact'] })
  @IsOptional()
  @IsIn(['exact'])
  count?: 'exact';
}

export class PageEndResponse {
  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
  @ApiProperty()
  hasMore!: boolean;
}

/** The sort key a list goes on from. @throws Problem `invalid-cursor` */
export function cursorOf(query: ListQuery, values: number): CursorKey | undefined {
  if (query.cursor === undefined) return undefined;
  const key = decodeCursor(query.cursor, values);
  if (!key) throw new Problem('invalid-cursor');
  return key;
}

/** A parameter that may be repeated: one value is a list of one. */
export const ToList = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (value === undefined || Array.isArray(value) ? value : [value]));

/** A parameter whose values are parted by commas. */
export const ToCommaList = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(',') : value));

/** `true` and `false` of a query. */
export const ToBoolean = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value));
