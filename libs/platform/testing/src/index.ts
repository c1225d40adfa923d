export { SetClock } from './set-clock';
export { silentOutbox, silentRelay, silentSchedule } from './silent-log';
export { silentQueue, workOff } from './work-off';
export { cloneTemplate, databaseUrl, dropDatabase, useDatabase, type TestDatabase } from './use-database';
