import { PeopleModule } from '@berth/people';
import { LeavingModule, ReservationsModule } from '@berth/reservations';
import { Module } from '@nestjs/common';
import { ChangePrivacyRules } from './change-privacy-rules';
import { ErasePerson } from './erase-person';
import { ExportPerson } from './export-person';
import { ExportQueries } from './export.queries';
import { ExportWorker } from './export.worker';
import { ExportsQueries } from './exports.queries';
import { MergeController } from './merging/merge.controller';
import { MergePeople } from './merging/merge-people';
import { PrivacyController } from './privacy.controller';
import { PrivacyRulesController } from './privacy-rules.controller';
import { Retention } from './retention.worker';

@Module({
  imports: [PeopleModule, ReservationsModule, LeavingModule],
  controllers: [PrivacyController, MergeController, PrivacyRulesController],
  providers: [ChangePrivacyRules, ErasePerson, ExportPerson, ExportsQueries, MergePeople],
})
export class PrivacyModule {}

/** What goes on without a request. */
@Module({ providers: [ExportQueries, ExportWorker, Retention] })
export class PrivacyWorkerModule {}
