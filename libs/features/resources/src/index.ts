export { AddResource, type AddResourceCommand } from './catalogue/add-resource';
export { ChangeResource, type ChangeResourceCommand } from './catalogue/change-resource';
export { ResourcesQueries } from './catalogue/resources.queries';
export { AddResourceType, type AddResourceTypeCommand } from './types/add-resource-type';
export { harmlessCell } from './import/harmless-cell';
export { readCsv, type CsvRecord, type CsvTable } from './import/csv-table';
export type { AssignmentSeen, ResourceAssignment } from './assignment/assignment';
export { AssignmentOfResource, AssignRequest } from './assignment/assignment.dto';
export { AssignmentsQueries } from './assignment/assignments.queries';
export { HandOverOwn } from './assignment/hand-over-own';
export { assignedTime, type AssignCommand, ChangeAssignment } from './assignment/change-assignment';
export { unreadable } from './import/unreadable';
export { UploadedFile } from './import/uploaded-file';
export { ImportResources, type ImportCommand, type ImportReport } from './import/import-resources';
export { ResourceCatalogue, type ResourceTerms } from './resource-catalogue';
export { filterConditions, statusNow, type ResourceFilter } from './catalogue/resource-filter';
export { limits as resourceLimits } from './catalogue/resource-limits';
export { ChangeStatus, closedTime, type ChangeStatusCommand } from './catalogue/change-status';
export { MaintenanceWorker } from './catalogue/maintenance.worker';
export type { Resource } from './catalogue/resource';
export { ChangeStatusRequest, ResourceResponse } from './catalogue/resources.dto';
export { ResourcesModule } from './resources.module';
export {
  demandAtResource,
  demandVisible,
  mayBook,
  maySee,
  opensTitles,
  resourcesInReach,
  resourcesWith,
  scopeOfTerms,
  showsTitles,
  visibleResources,
  wishedFor,
} from './visible-resources';
export { insertStartingTypes, type StartingType } from './types/starting-types';
