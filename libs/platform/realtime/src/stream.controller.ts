import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { Controller, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { StreamTickets, TICKET_SECONDS } from './stream-tickets';

export class TicketResponse {
  @ApiProperty()
  ticket!: string;
  @ApiProperty({ description: 'Seconds' })
  expiresIn!: number;
}

/** Opens the live stream for clients without cookies. */
@ApiTags('stream')
@Controller('stream')
export class StreamController {
  constructor(private readonly tickets: StreamTickets) {}

  /** A ticket for the first frame of `/api/v1/stream`; good once, for 30 s. */
  @Post('tickets')
  @Requires('stream:connect')
  @ApiCreatedResponse({ type: TicketResponse })
  async issue(@CurrentActor() actor: Actor): Promise<TicketResponse> {
    return { ticket: await this.tickets.issue(actor), expiresIn: TICKET_SECONDS };
  }
}
