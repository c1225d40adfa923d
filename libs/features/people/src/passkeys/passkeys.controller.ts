import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems, IdPipe } from '@berth/platform/http';
import { Body, Controller, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server';
import { OwnPasswordRequest } from '../second-factor/second-factor.dto';
import { AddPasskey } from './add-passkey';
import { PasskeyQueries } from './passkey.queries';
import { AddedPasskeyResponse, NewPasskeyRequest, OwnPasskeyList, PasskeyNameRequest } from './passkeys.dto';
import { RemovePasskey } from './remove-passkey';
import { RenamePasskey } from './rename-passkey';

/** One's own passkeys. */
@ApiTags('session')
@Controller('auth/passkeys')
export class PasskeysController {
  constructor(
    private readonly queries: PasskeyQueries,
    private readonly adding: AddPasskey,
    private readonly renaming: RenamePasskey,
    private readonly removing: RemovePasskey,
  ) {}

  /** One’s own passkeys, oldest first, and whether more can be made here. */
  @Get()
  @Requires('account:secure')
  @ApiOkResponse({ type: OwnPasskeyList })
  async list(@CurrentActor() actor: Actor): Promise<OwnPasskeyList> {
    return { data: await this.queries.own(actor), available: this.queries.available };
  }

  /** What a browser needs to make a passkey (`PublicKeyCredentialCreationOptionsJSON`); good for five minutes. */
  @Post('setup')
  @Requires('account:secure')
  @HttpCode(200)
  @ApiOkResponse({ schema: { type: 'object', additionalProperties: true } })
  @ApiProblems('validation-failed', 'password-wrong', 'too-many-attempts', 'passkeys-unavailable')
  setup(@CurrentActor() actor: Actor, @Body() { password }: OwnPasswordRequest): Promise<PublicKeyCredentialCreationOptionsJSON> {
    return this.adding.begin(actor, password);
  }

  /** Takes the key the browser made. The first second factor brings recovery codes and ends one’s other sessions. */
  @Post()
  @Requires('account:secure')
  @ApiCreatedResponse({ type: AddedPasskeyResponse })
  @ApiProblems('validation-failed', 'passkey-refused', 'passkeys-unavailable', 'already-exists')
  add(@CurrentActor() actor: Actor, @Body() { name, credential }: NewPasskeyRequest): Promise<AddedPasskeyResponse> {
    return this.adding.finish(actor, name, credential);
  }

  /** Gives a passkey another name. */
  @Patch(':id')
  @Requires('account:secure')
  @HttpCode(204)
  @ApiNoContentResponse()
  @ApiProblems('validation-failed', 'not-found', 'idempotency-key-reused')
  rename(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string, @Body() { name }: PasskeyNameRequest): Promise<void> {
    return this.renaming.execute(actor, id, name);
  }

  /** Removes a passkey; the last way to sign in stays. */
  @Post(':id/remove')
  @Requires('account:secure')
  @HttpCode(204)
  @ApiNoContentResponse()
  @ApiProblems('validation-failed', 'password-wrong', 'too-many-attempts', 'not-found', 'last-way-in', 'idempotency-key-reused')
  remove(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string, @Body() { password }: OwnPasswordRequest): Promise<void> {
    return this.removing.execute(actor, id, password);
  }
}
