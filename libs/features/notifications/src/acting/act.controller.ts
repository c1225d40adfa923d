import { Problem } from '@berth/contracts';
import { Public, PublicFromOwnPages } from '@berth/platform/auth';
import { ApiProblems } from '@berth/platform/http';
import { PublicLinks } from '@berth/platform/mail';
import { Body, Controller, Get, HttpCode, Post, Query, Redirect } from '@nestjs/common';
import { ApiConsumes, ApiNoContentResponse, ApiOkResponse, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Act, type InspectedLink } from './act';
import { ActedResponse, InspectedLinkResponse, LinkRequest, UnsubscribeQuery } from './act.dto';
import { ActionLinks } from './action-links';
import { Unsubscribe } from './unsubscribe';

/** Links of letters: a page shows what one does, its button does it. No GET changes anything. */
@ApiTags('notifications')
@Controller('notifications')
export class ActController {
  constructor(
    private readonly acting: Act,
    private readonly links: ActionLinks,
    private readonly unsubscribing: Unsubscribe,
    private readonly pages: PublicLinks,
  ) {}

  /** What a link of a letter would do; changes nothing. */
  @Post('act/inspect')
  @HttpCode(200)
  @PublicFromOwnPages()
  @ApiOkResponse({ type: InspectedLinkResponse })
  @ApiProblems('validation-failed', 'link-invalid')
  inspect(@Body() { token }: LinkRequest): Promise<InspectedLink> {
    return this.acting.inspect(token);
  }

  /** Does what a link of a letter says, once, with the rights the person has now. */
  @Post('act')
  @HttpCode(200)
  @PublicFromOwnPages()
  @ApiOkResponse({ type: ActedResponse })
  @ApiProblems(
    ...([
      'validation-failed',
      'link-invalid',
      'permission-denied',
      'not-found',
      'invalid-state',
      'hold-expired',
      'policy-violation',
    ] as const),
    ...(['quota-exceeded', 'reservation-conflict', 'slot-held', 'unavailable'] as const),
  )
  act(@Body() { token }: LinkRequest): Promise<{ verb: string; kind: string }> {
    return this.acting.execute(token);
  }

  /** Where the link of a mail program leads that shows it as a page: nothing is changed before its button is pressed. */
  @Get('unsubscribe')
  @Redirect()
  @Public()
  @ApiResponse({ status: 303, description: 'The page that asks' })
  @ApiProblems('validation-failed', 'unknown-parameter')
  askToUnsubscribe(@Query() { token }: UnsubscribeQuery): { url: string; statusCode: number } {
    return { url: this.pages.to('/act', token), statusCode: 303 };
  }

  /** Sends no more letters of that kind to who got the letter: one click in the mail program (RFC 8058). */
  @Post('unsubscribe')
  @HttpCode(204)
  @Public()
  @ApiConsumes('application/x-www-form-urlencoded', 'multipart/form-data', 'application/json')
  @ApiNoContentResponse()
  @ApiProblems('validation-failed', 'unknown-parameter', 'link-invalid')
  async unsubscribe(@Query() { token }: UnsubscribeQuery): Promise<void> {
    const wanted = this.links.readUnsubscription(token);
    if (!wanted) throw new Problem('link-invalid', { detail: 'The link has run out, or is not one of ours.' });
    await this.unsubscribing.execute(wanted);
  }
}
