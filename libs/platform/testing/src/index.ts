export { SetClock } from './set-clock';
export { silentOutbox } from './silent-outbox';
export { cloneTemplate, databaseUrl, dropDatabase, useDatabase, type TestDatabase } from './use-database';
