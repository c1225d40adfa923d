import { PeopleModule } from '@berth/people';
import { ResourcesModule } from '@berth/resources';
import { Module } from '@nestjs/common';
import { ReservationsModule } from '../reservations.module';
import { FutureQueries } from './future.queries';
import { GoOver } from './go-over';
import { LeavingController } from './leaving.controller';
import { LetGo } from './let-go';
import { SuspendPerson } from './suspend-person';

/** Of the API only: who is suspended loses their sessions, which the worker knows nothing of. */
@Module({
  imports: [PeopleModule, ReservationsModule, ResourcesModule],
  controllers: [LeavingController],
  providers: [FutureQueries, GoOver, LetGo, SuspendPerson],
  exports: [GoOver, LetGo],
})
export class LeavingModule {}
