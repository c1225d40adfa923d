export { AppModule, platformModules, type Parts } from './app.module';
export { createApi } from './create-api';
export { Drain } from './drain';
export { LiveTopics } from './live-topics';
export { createOpenApi } from './openapi';
