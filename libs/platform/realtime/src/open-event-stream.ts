import { Problem } from '@berth/contracts';
import { type Actor, SessionCookies } from '@berth/platform/auth';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import { EventStream } from './event-stream';
import { Stream } from './stream';

/** What a client asks for that cannot open a WebSocket. */
export interface EventStreamWish {
  readonly topics: readonly string[];
  /** Sequence number of the last event it has seen. */
  readonly after: number | undefined;
}

/** Follows topics on an answer that does not end; the same rules, the same frames. */
@Injectable()
export class OpenEventStream {
  constructor(
    private readonly stream: Stream,
    private readonly cookies: SessionCookies,
  ) {}

  /** @throws Problem `cross-site-request` from a page of another site, `rate-limited` beyond ten at once, `unavailable` while the process ends */
  async execute(actor: Actor, wish: EventStreamWish, request: FastifyRequest): Promise<Readable> {
    const { origin } = request.headers;
    if (origin !== undefined && !this.cookies.isOwnOrigin(origin, request.host)) throw new Problem('cross-site-request');
    if (this.stream.isLeaving) throw new Problem('unavailable', { detail: 'The process is ending.' });
    const connection = request.raw.socket;
    const client = new EventStream(this.stream.parts, () => connection.writableLength);
    const { follower } = client;
    // Before it is asked where the log stands: a process nobody listens to leaves it alone, and would begin again further on.
    const end = this.stream.add(client);
    try {
      if (!(await this.stream.hasRoomFor(actor)))
        throw new Problem('rate-limited', { detail: 'At most ten live streams at once.', retryAfter: 30 });
    } catch (error) {
      end();
      throw error;
    }
    connection.once('close', end);
    client.body.once('close', () => {
      connection.off('close', end);
      end();
    });
    follower.enqueue(() => follower.welcome(actor, wish.after));
    for (const it of wish.topics) follower.enqueue(() => follower.subscribe(actor, it, it));
    follower.enqueue(async () => client.settle());
    return client.body;
  }
}
