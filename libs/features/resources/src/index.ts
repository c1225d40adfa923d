export { AddResource, type AddResourceCommand } from './catalogue/add-resource';
export { AddResourceType, type AddResourceTypeCommand } from './types/add-resource-type';
export { ImportResources, type ImportCommand, type ImportReport } from './import/import-resources';
export { ResourceCatalogue, type ResourceTerms } from './resource-catalogue';
export { filterConditions, statusNow, type ResourceFilter } from './catalogue/resource-filter';
export { limits as resourceLimits } from './catalogue/resource-limits';
export { ResourcesModule } from './resources.module';
export { maySee, visibleResources } from './visible-resources';
export { insertStartingTypes, type StartingType } from './types/starting-types';
