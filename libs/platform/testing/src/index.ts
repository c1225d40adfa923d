export { SetClock } from './set-clock';
export { cloneTemplate, databaseUrl, dropDatabase, useDatabase, type TestDatabase } from './use-database';
