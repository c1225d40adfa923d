export { QuotasModule } from './quotas.module';
export { SetRule } from './rules/set-rule';
