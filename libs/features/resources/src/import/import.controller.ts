import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems } from '@berth/platform/http';
import { Controller, Header, HttpCode, Post, Query } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { FailedRows } from './failed-rows';
import { ImportQuery, ImportResponse, UploadRequest } from './import.dto';
import { type ImportReport, ImportResources } from './import-resources';
import { UploadedFile } from './uploaded-file';

/** Bringing resources in from a spreadsheet. */
@ApiTags('resources')
@Controller('resources/upload')
export class ImportController {
  constructor(
    private readonly importResources: ImportResources,
    private readonly failedRows: FailedRows,
  ) {}

  /**
   * Imports resources from a CSV file. A row is the resource with its external id where it has one, else the one with its
   * name and location; sites, floors and rooms it names are made. An empty cell says nothing.
   */
  @Post()
  @HttpCode(200)
  @Requires('resource:manage')
  @ApiConsumes('multipart/form-data', 'text/csv')
  @ApiBody({ type: UploadRequest })
  @ApiOkResponse({ type: ImportResponse })
  @ApiProblems(
    'malformed-request',
    'validation-failed',
    'unknown-parameter',
    'payload-too-large',
    'unsupported-media-type',
    'import-failed',
    'idempotency-key-reused',
  )
  upload(@CurrentActor() actor: Actor, @Query() query: ImportQuery, @UploadedFile() bytes: Buffer): Promise<ImportReport> {
    return this.importResources.execute(actor, { bytes, ...query });
  }

  /** The rows of a file that could not be imported, as CSV with a column that says why. Changes nothing. */
  @Post('failed-rows')
  @HttpCode(200)
  @Header('content-type', 'text/csv; charset=utf-8')
  @Header('content-disposition', 'attachment; filename="failed-rows.csv"')
  @Requires('resource:manage')
  @ApiConsumes('multipart/form-data', 'text/csv')
  @ApiBody({ type: UploadRequest })
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  @ApiProblems('malformed-request', 'validation-failed', 'payload-too-large', 'unsupported-media-type')
  failed(@CurrentActor() actor: Actor, @UploadedFile() bytes: Buffer): Promise<string> {
    return this.failedRows.execute(actor, bytes);
  }
}
