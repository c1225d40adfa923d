import { PlacesModule } from '@berth/places';
import { Module } from '@nestjs/common';
import { ResourceAccessController } from './access/resource-access.controller';
import { SetResourceAccess } from './access/set-resource-access';
import { AssignmentController } from './assignment/assignment.controller';
import { AssignmentsQueries } from './assignment/assignments.queries';
import { ChangeAssignment } from './assignment/change-assignment';
import { HandOverOwn } from './assignment/hand-over-own';
import { ShareDays } from './assignment/share-days';
import { AddResource } from './catalogue/add-resource';
import { ChangeResource } from './catalogue/change-resource';
import { ChangeStatus } from './catalogue/change-status';
import { ResourcesController } from './catalogue/resources.controller';
import { ResourcesQueries } from './catalogue/resources.queries';
import { TagsController } from './catalogue/tags.controller';
import { FailedRows } from './import/failed-rows';
import { ImportController } from './import/import.controller';
import { ImportResources } from './import/import-resources';
import { ChangeOrganizationPolicy } from './policy/change-organization-policy';
import { PolicyController } from './policy/policy.controller';
import { ResourceCatalogue } from './resource-catalogue';
import { AvailabilityRowsController } from './rows/availability-rows.controller';
import { AvailabilityRowsQueries } from './rows/availability-rows.queries';
import { AddBlackout } from './times/add-blackout';
import { BlackoutsQueries } from './times/blackouts.queries';
import { BusinessHoursQueries } from './times/business-hours.queries';
import { DeleteBlackout } from './times/delete-blackout';
import { ResourceTimesController } from './times/resource-times.controller';
import { SetBusinessHours } from './times/set-business-hours';
import { TimesController } from './times/times.controller';
import { AddResourceType } from './types/add-resource-type';
import { ChangeResourceType } from './types/change-resource-type';
import { ResourceTypesController } from './types/resource-types.controller';
import { ResourceTypesQueries } from './types/resource-types.queries';

/** Types, resources, when they may be booked, and bringing them in from a file. */
@Module({
  imports: [PlacesModule],
  controllers: [
    ImportController,
    PolicyController,
    ResourcesController,
    ResourceAccessController,
    AssignmentController,
    ResourceTimesController,
    TagsController,
    ResourceTypesController,
    TimesController,
    AvailabilityRowsController,
  ],
  providers: [
    AddBlackout,
    AddResource,
    AddResourceType,
    AssignmentsQueries,
    AvailabilityRowsQueries,
    BlackoutsQueries,
    BusinessHoursQueries,
    ChangeAssignment,
    ChangeOrganizationPolicy,
    ChangeResource,
    ChangeResourceType,
    ChangeStatus,
    DeleteBlackout,
    FailedRows,
    HandOverOwn,
    ImportResources,
    ResourceCatalogue,
    ResourcesQueries,
    ResourceTypesQueries,
    SetBusinessHours,
    SetResourceAccess,
    ShareDays,
  ],
  exports: [
    AddResource,
    AssignmentsQueries,
    ChangeAssignment,
    HandOverOwn,
    ChangeStatus,
    AddResourceType,
    ChangeResource,
    ResourcesQueries,
    ImportResources,
    ResourceCatalogue,
  ],
})
export class ResourcesModule {}
