export { AppModule, platformModules, type Parts } from './app.module';
export { createApi } from './create-api';
export { createOpenApi } from './openapi';
