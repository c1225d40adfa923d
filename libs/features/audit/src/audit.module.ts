import { Module } from '@nestjs/common';
import { AskExport } from './export/ask-export';
import { AuditExportWorker } from './export/export.worker';
import { AuditExportsController } from './export/exports.controller';
import { AuditExportsQueries } from './export/exports.queries';
import { AuditLogQueries } from './log/audit-log.queries';
import { AuditLogsController } from './log/audit-logs.controller';
import { FacetsQueries } from './log/facets.queries';
import { NamesQueries } from './log/names.queries';
import { ForgetView } from './views/forget-view';
import { KeepView } from './views/keep-view';
import { AuditViewsController } from './views/views.controller';
import { ViewsQueries } from './views/views.queries';

@Module({
  controllers: [AuditLogsController, AuditViewsController, AuditExportsController],
  providers: [AskExport, AuditExportsQueries, AuditLogQueries, FacetsQueries, ForgetView, KeepView, NamesQueries, ViewsQueries],
})
export class AuditModule {}

/** What goes on without a request. */
@Module({ providers: [AuditExportWorker, AuditLogQueries, NamesQueries] })
export class AuditWorkerModule {}
