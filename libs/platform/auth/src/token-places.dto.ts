import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray, IsUUID } from 'class-validator';
import type { Places } from './rights';
import { MOST_PLACES_OF_TOKEN } from './token-places';

/** Where alone a token, or the tokens of a program, are good. */
export class TokenPlaces implements Places {
  @ApiProperty({ type: [String], format: 'uuid', description: 'Sites, with all that is there', maxItems: MOST_PLACES_OF_TOKEN })
  @IsArray()
  @ArrayMaxSize(MOST_PLACES_OF_TOKEN)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  siteIds!: readonly string[];

  @ApiProperty({ type: [String], format: 'uuid', description: 'Resources, with what they consist of', maxItems: MOST_PLACES_OF_TOKEN })
  @IsArray()
  @ArrayMaxSize(MOST_PLACES_OF_TOKEN)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  resourceIds!: readonly string[];
}
