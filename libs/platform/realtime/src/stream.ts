import { AccessTokens, type Actor, SessionCookies, Sessions } from '@berth/platform/auth';
import { Bell, EventLog } from '@berth/platform/outbox';
import { LOG } from '@berth/platform/runtime';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { setTimeout as sleep } from 'node:timers/promises';
import { type WebSocket, WebSocketServer } from 'ws';
import { Connection, HEARTBEAT_SECONDS } from './connection';
import { StreamTickets } from './stream-tickets';
import { Topics } from './topics';

const PATH = '/api/v1/stream';
const MAX_FRAME_BYTES = 16 * 1024;
const MAX_PER_ACCOUNT = 10;
const TEND_MS = 4_000;
const LOOK_MS = 500;
const BATCH = 500;

/** Live updates: follows the log, woken by the bell and by a look every half second, and hands each event to who follows it. */
@Injectable()
export class Stream implements OnModuleDestroy {
  private readonly sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES, perMessageDeflate: false });
  private readonly connections = new Set<Connection>();
  private readonly undo: (() => void)[] = [];
  private position: number | undefined;
  private starting: Promise<void> | undefined;
  private following: Promise<void> | undefined;
  private again = false;
  private leaving = false;

  constructor(
    private readonly topics: Topics,
    private readonly tickets: StreamTickets,
    private readonly tokens: AccessTokens,
    private readonly sessions: Sessions,
    private readonly cookies: SessionCookies,
    private readonly log: EventLog,
    private readonly bell: Bell,
    @Inject(LOG) private readonly journal: Logger,
  ) {}

  /** Takes upgrades of the server from now on. */
  attach(server: Server): void {
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => this.upgrade(request, socket, head));
    let tended = 0;
    const tend = setInterval(() => {
      const beat = ++tended % Math.floor((HEARTBEAT_SECONDS * 1000) / TEND_MS) === 0;
      for (const it of this.connections)
        void it.tend(beat).catch((error: unknown) => this.journal.error({ error }, 'tending a stream failed'));
    }, TEND_MS);
    const look = setInterval(() => this.follow(), LOOK_MS);
    this.undo.push(
      () => clearInterval(tend),
      () => clearInterval(look),
      this.bell.on('berth_log', () => this.follow()),
    );
    this.follow();
  }

  /** Takes nobody any more and says goodbye to everybody, a thousand in a second: they all come back somewhere else. */
  async dismiss(): Promise<void> {
    this.leaving = true;
    const within = this.connections.size;
    await Promise.all([...this.connections].map((it) => sleep(Math.random() * within).then(() => it.dismiss())));
  }

  onModuleDestroy(): void {
    for (const it of this.undo) it();
    for (const it of this.connections) it.dismiss();
    this.sockets.close();
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const [path] = (request.url ?? '').split('?', 1);
    if (path !== PATH) return refuse(socket, '404 Not Found');
    if (this.leaving) return refuse(socket, '503 Service Unavailable');
    const { origin, host } = request.headers;
    // A browser always names the page; what comes from a page of another site is refused before there is a socket.
    if (origin !== undefined && !this.cookies.isOwnOrigin(origin, host ?? '')) return refuse(socket, '403 Forbidden');
    this.sockets.handleUpgrade(request, socket, head, (opened) => this.open(opened, request));
  }

  private open(socket: WebSocket, request: IncomingMessage): void {
    const connection = new Connection(socket, {
      topics: this.topics,
      log: this.log,
      admit: (ticket) => this.admit(request, ticket),
      recheck: (actor) => this.actorOf(actor.sessionId),
    });
    this.connections.add(connection);
    socket.on('close', () => this.connections.delete(connection));
    socket.on('error', () => socket.terminate());
  }

  private async admit(request: IncomingMessage, ticket: string | undefined): Promise<Actor | undefined> {
    // Followed from before the connection learns where it stands, so that nothing falls between.
    await this.start();
    const sessionId = ticket === undefined ? await this.sessionOfCookie(request) : await this.tickets.redeem(ticket);
    const actor = sessionId && (await this.actorOf(sessionId));
    if (!actor) return undefined;
    const open = [...this.connections].filter((it) => it.actor?.accountId === actor.accountId).length;
    return open < MAX_PER_ACCOUNT ? actor : undefined;
  }

  /** Only with an Origin of ours: a cookie proves a person, not that our page speaks. */
  private async sessionOfCookie(request: IncomingMessage): Promise<string | undefined> {
    const token = request.headers.origin === undefined ? undefined : this.cookies.accessOfHeader(request.headers.cookie);
    if (!token) return undefined;
    return this.tokens.verify(token).then(
      (claims) => claims.sessionId,
      () => undefined,
    );
  }

  private async actorOf(sessionId: string): Promise<Actor | undefined> {
    const principal = await this.sessions.principal(sessionId);
    return principal && { ...principal, requestId: `stream-${sessionId}` };
  }

  private follow(): void {
    this.again = true;
    this.following ??= this.drain()
      .catch((error: unknown) => this.journal.error({ error }, 'following the log failed; it is tried again'))
      .finally(() => (this.following = undefined));
  }

  private start(): Promise<void> {
    this.starting ??= this.log.head().then(
      (head) => void (this.position = head),
      (error: unknown) => {
        this.starting = undefined;
        throw error;
      },
    );
    return this.starting;
  }

  /** While nobody listens the log is left alone. */
  private rest(): void {
    this.starting = undefined;
    this.position = undefined;
  }

  private async drain(): Promise<void> {
    while (this.again) {
      this.again = false;
      if (this.connections.size === 0) return this.rest();
      await this.start();
      if (this.position === undefined) return;
      const entries = await this.log.after(this.position, BATCH);
      for (const entry of entries) {
        for (const it of this.connections) it.take(entry);
        this.position = entry.logPosition;
      }
      if (entries.length === BATCH) this.again = true;
    }
  }
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
