import { SigningKeys } from '@berth/platform/auth';
import { Module } from '@nestjs/common';
import { ChainController } from './chain/chain.controller';
import { CheckpointSigner } from './chain/checkpoint';
import { Checkpoints } from './chain/checkpoints.worker';
import { VerifyLog } from './chain/verify-log';
import { AskExport } from './export/ask-export';
import { AuditExportWorker } from './export/export.worker';
import { AuditExportsController } from './export/exports.controller';
import { AuditExportsQueries } from './export/exports.queries';
import { AuditLogQueries } from './log/audit-log.queries';
import { AuditLogsController } from './log/audit-logs.controller';
import { FacetsQueries } from './log/facets.queries';
import { NamesQueries } from './log/names.queries';
import { ChangeRetention } from './retention/change-retention';
import { RetentionController } from './retention/retention.controller';
import { AuditRetentionWorker } from './retention/retention.worker';
import { ForgetView } from './views/forget-view';
import { KeepView } from './views/keep-view';
import { AuditViewsController } from './views/views.controller';
import { ViewsQueries } from './views/views.queries';

@Module({
  controllers: [AuditLogsController, AuditViewsController, AuditExportsController, ChainController, RetentionController],
  providers: [
    AskExport,
    AuditExportsQueries,
    AuditLogQueries,
    FacetsQueries,
    ForgetView,
    KeepView,
    NamesQueries,
    ViewsQueries,
    ChangeRetention,
    CheckpointSigner,
    VerifyLog,
  ],
})
export class AuditModule {}

/** What goes on without a request. */
@Module({
  providers: [
    AuditExportWorker,
    AuditLogQueries,
    NamesQueries,
    SigningKeys,
    CheckpointSigner,
    VerifyLog,
    Checkpoints,
    AuditRetentionWorker,
  ],
})
export class AuditWorkerModule {}
