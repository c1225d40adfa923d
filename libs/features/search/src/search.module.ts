import { ReservationsModule } from '@berth/reservations';
import { ResourcesModule } from '@berth/resources';
import { Module } from '@nestjs/common';
import { CandidatesQueries } from './candidates.queries';
import { FreeResources } from './free-resources';
import { FreeTimes } from './free-times';
import { FreeTimesController } from './free-times.controller';
import { SearchController } from './search.controller';

@Module({
  imports: [ReservationsModule, ResourcesModule],
  controllers: [FreeTimesController, SearchController],
  providers: [CandidatesQueries, FreeResources, FreeTimes],
})
export class SearchModule {}
