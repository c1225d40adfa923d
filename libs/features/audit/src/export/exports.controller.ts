import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems, IdPipe } from '@berth/platform/http';
import { type Job, JobResponse } from '@berth/reservations';
import { Body, Controller, Get, HttpCode, Param, Post, Res, StreamableFile } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import { AuditFilterRequest } from '../log/audit-logs.dto';
import { AskExport } from './ask-export';
import { AuditExportsResponse } from './exports.dto';
import { AuditExportsQueries } from './exports.queries';

const typeOf = { csv: 'text/csv; charset=utf-8', json: 'application/x-ndjson' } as const;
const nameOf = { csv: 'audit-log.csv', json: 'audit-log.ndjson' } as const;

/** The log as a file. */
@ApiTags('audit')
@Controller('audit')
export class AuditExportsController {
  constructor(
    private readonly asking: AskExport,
    private readonly exports: AuditExportsQueries,
  ) {}

  /** Asks for the events of a filter as CSV (RFC 4180), oldest first; a job writes the file, which can be fetched for a day. */
  @Post('export/csv')
  @Requires('audit:export')
  @HttpCode(202)
  @ApiAcceptedResponse({ type: JobResponse })
  @ApiProblems('validation-failed', 'idempotency-key-reused')
  async csv(
    @CurrentActor() actor: Actor,
    @Body() filter: AuditFilterRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Job> {
    return asked(await this.asking.execute(actor, 'csv', filter), reply);
  }

  /** The same as NDJSON: one event a line, as the log has it. */
  @Post('export/json')
  @Requires('audit:export')
  @HttpCode(202)
  @ApiAcceptedResponse({ type: JobResponse })
  @ApiProblems('validation-failed', 'idempotency-key-reused')
  async json(
    @CurrentActor() actor: Actor,
    @Body() filter: AuditFilterRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Job> {
    return asked(await this.asking.execute(actor, 'json', filter), reply);
  }

  /** The files one asked for, latest first. */
  @Get('exports')
  @Requires('audit:export')
  @ApiOkResponse({ type: AuditExportsResponse })
  async list(@CurrentActor() actor: Actor): Promise<AuditExportsResponse> {
    return { data: await this.exports.own(actor) };
  }

  /** A file one asked for. */
  @Get('exports/:id/file')
  @Requires('audit:export')
  @ApiProduces('text/csv', 'application/x-ndjson')
  @ApiOkResponse({ schema: { type: 'string' } })
  @ApiProblems('not-found')
  async file(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<StreamableFile> {
    const { format, content } = await this.exports.file(actor, id);
    return new StreamableFile(Readable.from(content), { type: typeOf[format], disposition: `attachment; filename="${nameOf[format]}"` });
  }
}

function asked(job: Job, reply: FastifyReply): Job {
  void reply.header('location', `/api/v1/jobs/${job.id}`);
  return job;
}
