import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems, IdPipe } from '@berth/platform/http';
import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { MakeToken } from './make-token';
import { RevokeToken } from './revoke-token';
import { TokenQueries } from './token.queries';
import { MadeTokenResponse, MakeTokenRequest, OwnTokenList } from './tokens.dto';

/** Tokens for programs that work in one's own name. */
@ApiTags('people')
@Controller('users/me/tokens')
export class TokensController {
  constructor(
    private readonly queries: TokenQueries,
    private readonly makeToken: MakeToken,
    private readonly revokeToken: RevokeToken,
  ) {}

  /** One's own tokens, newest first. */
  @Get()
  @Requires('account:secure')
  @ApiOkResponse({ type: OwnTokenList })
  async list(@CurrentActor() actor: Actor): Promise<OwnTokenList> {
    return { data: await this.queries.own(actor) };
  }

  /** Makes a token; its text is in this answer and nowhere else. */
  @Post()
  @Requires('account:secure')
  @ApiCreatedResponse({ type: MadeTokenResponse })
  @ApiProblems('validation-failed', 'permission-denied', 'invalid-reference')
  make(@CurrentActor() actor: Actor, @Body() request: MakeTokenRequest): Promise<MadeTokenResponse> {
    return this.makeToken.execute(actor, request);
  }

  /** Revokes a token; it is refused within 5 s. */
  @Delete(':id')
  @Requires('account:secure')
  @HttpCode(204)
  @ApiNoContentResponse()
  @ApiProblems('not-found')
  revoke(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<void> {
    return this.revokeToken.execute(actor, id, 'own');
  }
}
