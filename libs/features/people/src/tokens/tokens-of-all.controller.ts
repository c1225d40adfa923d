import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems, IdPipe, ListQuery } from '@berth/platform/http';
import { Controller, Delete, Get, HttpCode, Param, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { RevokeToken } from './revoke-token';
import { TokenQueries } from './token.queries';
import { TokenPage } from './tokens.dto';

/** Tokens everybody made, for who answers for what programs may do. */
@ApiTags('people')
@Controller('tokens')
export class TokensOfAllController {
  constructor(
    private readonly queries: TokenQueries,
    private readonly revokeToken: RevokeToken,
  ) {}

  /** Tokens of everybody that are good now, newest first. */
  @Get()
  @Requires('client:manage')
  @ApiOkResponse({ type: TokenPage })
  @ApiProblems('validation-failed', 'unknown-parameter', 'invalid-cursor')
  list(@CurrentActor() actor: Actor, @Query() query: ListQuery): Promise<TokenPage> {
    return this.queries.all(actor, query);
  }

  /** Revokes a token of anybody; it is refused within 5 s. */
  @Delete(':id')
  @Requires('client:manage')
  @HttpCode(204)
  @ApiNoContentResponse()
  @ApiProblems('not-found')
  revoke(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<void> {
    return this.revokeToken.execute(actor, id, 'anybody');
  }
}
