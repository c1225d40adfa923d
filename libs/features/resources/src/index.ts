export { insertType, type NewResourceType } from './insert-type';
export { ResourceCatalogue, type ResourceTerms } from './resource-catalogue';
export { ResourcesModule } from './resources.module';
export { maySee, visibleResources } from './visible-resources';
