export { Clock } from './clock';
export { configKeys, readConfig, type Config, type ProcessRole } from './config';
export { createLog, NestLog } from './log';
export { originOf, requestServed, serving, type Origin } from './origin';
export { RuntimeModule } from './runtime.module';
export { Schedule } from './schedule';
export { installationSecrets, Secrets } from './secrets';
export { CONFIG, LOG } from './tokens';
