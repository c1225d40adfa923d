import { ApiProperty } from '@nestjs/swagger';

export class FavouriteResponse {
  @ApiProperty({ format: 'uuid' })
  resourceId!: string;
  @ApiProperty()
  name!: string;
}

export class FavouritesResponse {
  @ApiProperty({ type: [FavouriteResponse] })
  data!: readonly FavouriteResponse[];
}
