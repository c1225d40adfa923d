export { AppModule, platformModules, type Parts } from './app.module';
export { createApi } from './create-api';
export { Drain } from './drain';
export { LiveStates } from './live-states';
export { LiveTopics } from './live-topics';
export type { ReadersQueries } from './system/readers.queries';
export { createOpenApi } from './openapi';
