export { brokenConstraint, Database, type Context, type Via } from './database';
export { deleteInPortions } from './delete-in-portions';
export { DatabaseModule } from './database.module';
export { removeEmbedded, startEmbedded, type EmbeddedOptions, type EmbeddedServer } from './embedded';
export { keepingNoAnswer, recall, type IdempotentRequest } from './idempotency';
export { migrate } from './migrate';
export { isCutOff } from './pool';
export { allAtOnce, join, nothing, sql, Statement, type Sql, type Tx } from './sql';
