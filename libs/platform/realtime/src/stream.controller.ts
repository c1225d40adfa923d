import { Problem } from '@berth/contracts';
import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems, ToCommaList } from '@berth/platform/http';
import { Controller, Get, Headers, Post, Query, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MAX_SUBSCRIPTIONS } from './follower';
import { OpenEventStream } from './open-event-stream';
import { StreamTickets, TICKET_SECONDS } from './stream-tickets';

export class TicketResponse {
  @ApiProperty()
  ticket!: string;
  @ApiProperty({ description: 'Seconds' })
  expiresIn!: number;
}

export class EventStreamQuery {
  @ApiProperty({ type: String, example: 'me,approvals', description: 'Topics parted by commas; 200 at most' })
  @ToCommaList()
  @ArrayMaxSize(MAX_SUBSCRIPTIONS)
  @Matches(/^[a-z]{1,20}(:[0-9a-f-]{1,36})?$/, { each: true })
  topics!: string[];

  @ApiPropertyOptional({ description: 'As `Last-Event-ID`, for clients that cannot set it; the header comes first' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  after?: number;
}

/** Opens the live stream for clients without cookies, and for those who cannot open a WebSocket. */
@ApiTags('stream')
@Controller('stream')
export class StreamController {
  constructor(
    private readonly tickets: StreamTickets,
    private readonly openEventStream: OpenEventStream,
  ) {}

  /** A ticket for the first frame of `/api/v1/stream`; good once, for 30 s. */
  @Post('tickets')
  @Requires('stream:connect')
  @ApiCreatedResponse({ type: TicketResponse })
  async issue(@CurrentActor() actor: Actor): Promise<TicketResponse> {
    return { ticket: await this.tickets.issue(actor), expiresIn: TICKET_SECONDS };
  }

  /**
   * The live stream as server-sent events. The messages are the frames of the WebSocket; `/api/asyncapi.json` describes them. The id
   * of each is the place in the log it brings the client to, from which the stream goes on with `Last-Event-ID`.
   */
  @Get('events')
  @Requires('stream:connect')
  @ApiProblems('validation-failed', 'rate-limited', 'unavailable')
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'Id of the last message that was seen', schema: { type: 'string' } })
  @ApiOkResponse({ content: { 'text/event-stream': { schema: { type: 'string' } } }, description: 'Does not end' })
  async events(
    @CurrentActor() actor: Actor,
    @Query() { topics, after }: EventStreamQuery,
    @Headers('last-event-id') last: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const body = await this.openEventStream.execute(actor, { topics, after: placeOf(last) ?? after }, request);
    // Proxies that keep answers back to send them in larger pieces are asked not to.
    await reply.header('x-accel-buffering', 'no').type('text/event-stream; charset=utf-8').send(body);
  }
}

/** @throws Problem `validation-failed` */
function placeOf(last: string | undefined): number | undefined {
  if (last === undefined || last === '') return undefined;
  if (!/^\d{1,15}$/.test(last)) throw new Problem('validation-failed', { detail: 'Last-Event-ID is the id of a message of this stream.' });
  return Number(last);
}
