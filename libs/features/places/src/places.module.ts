import { Module } from '@nestjs/common';

/** Sites, their floors and the rooms on them. */
@Module({})
export class PlacesModule {}
