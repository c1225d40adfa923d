import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems, IdPipe } from '@berth/platform/http';
import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AddSshKey } from './add-ssh-key';
import { RemoveSshKey } from './remove-ssh-key';
import { SshKeyQueries } from './ssh-key.queries';
import { AddSshKeyRequest, OwnSshKeyList, OwnSshKeyResponse } from './ssh-keys.dto';

/** One's own public keys, for machines one books. */
@ApiTags('people')
@Controller('users/me/ssh-keys')
export class SshKeysController {
  constructor(
    private readonly queries: SshKeyQueries,
    private readonly addSshKey: AddSshKey,
    private readonly removeSshKey: RemoveSshKey,
  ) {}

  /** One's own public keys, oldest first. */
  @Get()
  @Requires('account:secure')
  @ApiOkResponse({ type: OwnSshKeyList })
  async list(@CurrentActor() actor: Actor): Promise<OwnSshKeyList> {
    return { data: await this.queries.own(actor) };
  }

  /** Adds a public key: ed25519, ECDSA, or RSA of 2048 bits at least. */
  @Post()
  @Requires('account:secure')
  @ApiCreatedResponse({ type: OwnSshKeyResponse })
  @ApiProblems('validation-failed', 'already-exists', 'idempotency-key-reused')
  add(@CurrentActor() actor: Actor, @Body() request: AddSshKeyRequest): Promise<OwnSshKeyResponse> {
    return this.addSshKey.execute(actor, request.publicKey);
  }

  /** Removes a public key. */
  @Delete(':id')
  @Requires('account:secure')
  @HttpCode(204)
  @ApiNoContentResponse()
  @ApiProblems('not-found')
  remove(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<void> {
    return this.removeSshKey.execute(actor, id);
  }
}
