import type {
  AuditDetailResponse,
  AuditEntryResponse,
  AuditExportResponse,
  AuditFacetsResponse,
  AuditFilterRequest,
  AuditPageResponse,
  AuditRetentionResponse,
  AuditViewResponse,
  VerificationResponse,
} from '@berth/api-client';

export type LogEntry = AuditEntryResponse;
export type LogDetail = AuditDetailResponse;
export type LogPage = AuditPageResponse;
export type LogFilter = AuditFilterRequest;
export type LogFacets = AuditFacetsResponse;
export type LogView = AuditViewResponse;
export type LogExport = AuditExportResponse;
export type LogRetention = AuditRetentionResponse;

/** Whether the chain of the log holds, as far as it was followed. */
export type ChainStatus = Pick<VerificationResponse, 'intact' | 'checked' | 'brokenAt' | 'next'>;
