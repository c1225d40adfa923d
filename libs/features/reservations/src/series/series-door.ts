import type { Actor } from '@berth/platform/auth';
import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { BookSeries } from './book-series';
import { CheckSeries, type SeriesCheckAnswer } from './check-series';
import type { SeriesBooked } from './series';
import type { SeriesWish } from './series-wish';

/** How both addresses that book a series answer: 201 where the series now is, or for a dry run what would be. */
@Injectable()
export class SeriesDoor {
  constructor(
    private readonly booking: BookSeries,
    private readonly checking: CheckSeries,
  ) {}

  async book(actor: Actor, series: SeriesWish, dryRun: boolean, reply: FastifyReply): Promise<SeriesBooked | SeriesCheckAnswer> {
    if (dryRun) {
      reply.status(200);
      return this.checking.execute(actor, series);
    }
    const booked = await this.booking.execute(actor, series);
    reply.header('location', `/api/v1/series/${booked.series.id}`);
    reply.header('etag', `"${booked.series.version}"`);
    return booked;
  }
}
