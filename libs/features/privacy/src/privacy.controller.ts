import { OwnPassword } from '@berth/people';
import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems, IdPipe } from '@berth/platform/http';
import { DryRunQuery, type Job, JobResponse } from '@berth/reservations';
import { Body, Controller, Get, Header, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ErasePerson, type Erasure } from './erase-person';
import { ExportPerson } from './export-person';
import type { PersonalData } from './export.queries';
import { ExportsQueries } from './exports.queries';
import { ErasureResponse, EraseRequest, OwnPasswordRequest, PersonalDataResponse, PersonalExportList } from './privacy.dto';

/** What Berth holds about people: taking it along, and being forgotten. */
@ApiTags('people')
@Controller('users')
export class PrivacyController {
  constructor(
    private readonly exporting: ExportPerson,
    private readonly exports: ExportsQueries,
    private readonly erasing: ErasePerson,
    private readonly ownPassword: OwnPassword,
  ) {}

  /** Asks for everything about oneself; it is gathered by a job and can be fetched for a day. */
  @Post('me/export')
  @Requires('account:secure')
  @HttpCode(202)
  @ApiAcceptedResponse({ type: JobResponse })
  @ApiProblems('validation-failed', 'password-wrong', 'too-many-attempts', 'idempotency-key-reused')
  async exportOneself(
    @CurrentActor() actor: Actor,
    @Body() { password }: OwnPasswordRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Job> {
    await this.ownPassword.demandWhereSet(actor, password);
    return asked(await this.exporting.execute(actor, actor.accountId), reply);
  }

  /** The exports one asked for, of oneself and of others, latest first. */
  @Get('me/exports')
  @Requires('account:secure')
  @ApiOkResponse({ type: PersonalExportList })
  async list(@CurrentActor() actor: Actor): Promise<PersonalExportList> {
    return { data: await this.exports.own(actor) };
  }

  /** The document of an export one asked for, as a file. */
  @Get('me/exports/:id/file')
  @Requires('account:secure')
  @Header('content-disposition', 'attachment; filename="berth-personal-data.json"')
  @ApiOkResponse({ type: PersonalDataResponse })
  @ApiProblems('not-found')
  file(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<PersonalData> {
    return this.exports.file(actor, id);
  }

  /** Erases oneself, where the organization allows it: what is not over is cancelled, the rest becomes nobody’s. */
  @Post('me/erase')
  @Requires('account:secure')
  @HttpCode(200)
  @ApiOkResponse({ type: ErasureResponse })
  @ApiProblems('validation-failed', 'permission-denied', 'password-wrong', 'too-many-attempts', 'last-owner')
  async eraseOneself(
    @CurrentActor() actor: Actor,
    @Body() { password }: OwnPasswordRequest,
    @Query() { dryRun }: DryRunQuery,
  ): Promise<Erasure> {
    const command = { id: actor.accountId, reservations: 'cancel' } as const;
    if (dryRun) return this.erasing.tryOut(actor, command);
    await this.ownPassword.demandWhereSet(actor, password);
    return this.erasing.execute(actor, command);
  }

  /** Asks for everything about a person; whoever asked fetches it within a day. */
  @Post(':id/export')
  @Requires('user:manage')
  @HttpCode(202)
  @ApiAcceptedResponse({ type: JobResponse })
  @ApiProblems('not-found', 'permission-denied', 'idempotency-key-reused')
  async export(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Job> {
    return asked(await this.exporting.execute(actor, id), reply);
  }

  /** Erases a person: what is not over is cancelled or handed over, the rest becomes nobody’s. It cannot be taken back. */
  @Post(':id/erase')
  @Requires('user:manage')
  @HttpCode(200)
  @ApiOkResponse({ type: ErasureResponse })
  @ApiProblems('validation-failed', 'not-found', 'permission-denied', 'invalid-reference', 'last-owner')
  erase(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Body() request: EraseRequest,
    @Query() { dryRun }: DryRunQuery,
  ): Promise<Erasure> {
    const command = { id, ...request };
    return dryRun ? this.erasing.tryOut(actor, command) : this.erasing.execute(actor, command);
  }
}

function asked(job: Job, reply: FastifyReply): Job {
  void reply.header('location', `/api/v1/jobs/${job.id}`);
  return job;
}
