export { Clock } from './clock';
export { configKeys, readConfig, type Config, type ProcessRole } from './config';
export { every } from './every';
export { createLog, NestLog } from './log';
export { originOf, serving, type Origin } from './origin';
export { CONFIG, LOG, RuntimeModule } from './runtime.module';
export { installationSecrets, Secrets } from './secrets';
