import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems, IdPipe, RequiredIfMatch } from '@berth/platform/http';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ChangeClient } from './change-client';
import { type Client, ClientQueries } from './client.queries';
import {
  ChangeClientRequest,
  ClientList,
  ClientResponse,
  RegisterClientRequest,
  RegisteredClientResponse,
  RotatedSecretResponse,
  RotateSecretRequest,
} from './clients.dto';
import { RegisterClient } from './register-client';
import { RevokeClient } from './revoke-client';
import { RotateSecret } from './rotate-secret';

const OVERLAP_HOURS = 24;

/** Programs that ask for tokens (OAuth 2.0 clients). */
@ApiTags('oauth')
@Controller('oauth/clients')
export class ClientsController {
  constructor(
    private readonly queries: ClientQueries,
    private readonly registering: RegisterClient,
    private readonly changing: ChangeClient,
    private readonly rotating: RotateSecret,
    private readonly revoking: RevokeClient,
  ) {}

  /** The clients of the organization, by name. */
  @Get()
  @Requires('client:manage')
  @ApiOkResponse({ type: ClientList })
  async list(@CurrentActor() actor: Actor): Promise<ClientList> {
    return { data: await this.queries.all(actor) };
  }

  /** Registers a client. Its secret is in this answer and nowhere else. */
  @Post()
  @Requires('client:manage')
  @ApiCreatedResponse({ type: RegisteredClientResponse })
  @ApiProblems('validation-failed', 'already-exists', 'permission-denied', 'invalid-reference')
  register(@CurrentActor() actor: Actor, @Body() request: RegisterClientRequest): Promise<RegisteredClientResponse> {
    return this.registering.execute(actor, { ...request, places: request.places ?? null });
  }

  /** One client. */
  @Get(':id')
  @Requires('client:manage')
  @ApiOkResponse({ type: ClientResponse })
  @ApiProblems('not-found')
  one(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<Client> {
    return this.queries.one(actor, id);
  }

  /** Changes a client: merge patch. */
  @Patch(':id')
  @Requires('client:manage')
  @ApiOkResponse({ type: ClientResponse })
  @ApiProblems('validation-failed', 'not-found', 'already-exists', 'permission-denied', 'invalid-reference', 'idempotency-key-reused')
  change(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @RequiredIfMatch() version: number,
    @Body() patch: ChangeClientRequest,
  ): Promise<Client> {
    return this.changing.execute(actor, { id, version, patch });
  }

  /** Revokes a client and all its tokens; they are refused within 5 s. */
  @Delete(':id')
  @Requires('client:manage')
  @HttpCode(204)
  @ApiNoContentResponse()
  @ApiProblems('not-found')
  revoke(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string, @RequiredIfMatch() version: number): Promise<void> {
    return this.revoking.execute(actor, id, version);
  }

  /** Gives a client a new secret, which is in this answer and nowhere else; the one before it goes on for a while. */
  @Post(':id/rotate-secret')
  @Requires('client:manage')
  @HttpCode(200)
  @ApiOkResponse({ type: RotatedSecretResponse })
  @ApiProblems('validation-failed', 'not-found', 'invalid-state', 'permission-denied')
  rotate(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Body() request: RotateSecretRequest,
  ): Promise<RotatedSecretResponse> {
    return this.rotating.execute(actor, id, request.overlapHours ?? OVERLAP_HOURS);
  }
}
