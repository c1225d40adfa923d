import { Module } from '@nestjs/common';
import { AddTier } from './add-tier';
import { ChangeTier } from './change-tier';
import { DeleteTier } from './delete-tier';
import { GiveTier } from './give-tier';
import { QuotasController } from './quotas.controller';
import { QuotasQueries } from './quotas.queries';

@Module({
  controllers: [QuotasController],
  providers: [AddTier, ChangeTier, DeleteTier, GiveTier, QuotasQueries],
})
export class QuotasModule {}
