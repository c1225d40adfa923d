import { Stream } from '@berth/platform/realtime';
import { LOG } from '@berth/platform/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { Server as ListeningServer, type Socket } from 'node:net';
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';

/** As long as a request may take, and a little less than the process is given to end. */
const IN_HAND_MS = 25_000;
/** Connections without a request go on for so long: a proxy that did not notice yet may be sending one. Below its pause after a failure. */
const LINGER_MS = 1_000;
const LOOK_MS = 20;
/** A turn of the loop as short as this did nothing. */
const QUIET_MS = 0.05;
const MAX_TURNS = 2_000;

/**
 * How a process that serves takes its leave, so that nobody in front of it notices. First `/ready` says no while everything is
 * served as before, for whoever asks it to send people elsewhere. Then nobody new is let in, and each answer closes its connection;
 * what is in hand is finished, live streams are told to come back, and at last what is still open and idle is closed.
 */
@Injectable()
export class Drain {
  private state: 'serving' | 'unready' | 'leaving' = 'serving';
  private server: ListeningServer | undefined;
  private readonly connections = new Set<Socket>();
  private readonly streams = new Set<Socket>();
  private readonly inHand = new Set<object>();
  private came = 0;

  constructor(
    private readonly stream: Stream,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** Whether requests should be sent to another process. */
  get isUnready(): boolean {
    return this.state !== 'serving';
  }

  /** Keeps an eye on the connections of the server from now on. */
  attach(fastify: FastifyInstance): void {
    const { server } = fastify;
    this.server = server;
    server.on('connection', (socket: Socket) => {
      this.came++;
      this.connections.add(socket);
      socket.once('close', () => {
        this.connections.delete(socket);
        this.streams.delete(socket);
      });
    });
    // What has become a live stream is said goodbye to in another way.
    server.on('upgrade', (_request, socket: Socket) => {
      if (this.connections.delete(socket)) this.streams.add(socket);
    });
    server.prependListener('request', (_request, response) => {
      this.inHand.add(response);
      response.once('close', () => this.inHand.delete(response));
    });
    fastify.addHook('onSend', (_request, reply, _payload, done) => {
      if (this.state === 'leaving') reply.header('connection', 'close');
      done();
    });
  }

  /** @param seconds for which `/ready` says no before nobody new is let in; 0 ends without waiting for anything but requests in hand */
  async leave(seconds: number): Promise<void> {
    if (this.state !== 'serving' || !this.server?.listening) return;
    this.state = 'unready';
    if (seconds > 0) await sleep(seconds * 1_000);
    this.state = 'leaving';
    await this.closeTheDoor(this.server);
    const streams = this.stream.dismiss();
    const idleFor = Math.min(LINGER_MS, seconds * 1_000);
    await this.until(() => this.connections.size === 0, idleFor);
    await this.until(() => this.inHand.size === 0, IN_HAND_MS);
    if (this.inHand.size > 0) this.log.warn({ requests: this.inHand.size }, 'requests in hand were given up');
    await streams;
    await this.until(() => this.streams.size === 0, LINGER_MS);
    // Never used, idle, or of a client that does not answer: nothing closes them but this.
    for (const it of [...this.connections, ...this.streams]) it.destroy();
  }

  /**
   * Stops listening and leaves the connections there are alone. A connection that the system has accepted and we have not is
   * reset by that, so it happens right after a turn of the loop that found none.
   */
  private async closeTheDoor(server: ListeningServer): Promise<void> {
    let [from, came] = [performance.now(), this.came];
    for (let turns = 0; turns < MAX_TURNS; turns++) {
      await turn();
      const now = performance.now();
      if (this.came === came && now - from < QUIET_MS) break;
      [from, came] = [now, this.came];
    }
    // That of http would close idle connections as well, on which a request may be on its way.
    ListeningServer.prototype.close.call(server);
  }

  private async until(isSo: () => boolean, milliseconds: number): Promise<void> {
    for (const end = performance.now() + milliseconds; !isSo() && performance.now() < end;) await sleep(LOOK_MS);
  }
}
