import { Module } from '@nestjs/common';
import { AddTier } from './add-tier';
import { ChangeTier } from './change-tier';
import { DeleteTier } from './delete-tier';
import { GiveTier } from './give-tier';
import { QuotasController } from './quotas.controller';
import { QuotasQueries } from './quotas.queries';
import { ExceptPerson } from './rules/except-person';
import { RulesController } from './rules/rules.controller';
import { RulesQueries } from './rules/rules.queries';
import { SetRule } from './rules/set-rule';

@Module({
  controllers: [QuotasController, RulesController],
  providers: [AddTier, ChangeTier, DeleteTier, ExceptPerson, GiveTier, QuotasQueries, RulesQueries, SetRule],
  exports: [SetRule],
})
export class QuotasModule {}
