import { AccessTokens, type Actor, SessionCookies, Sessions } from '@berth/platform/auth';
import { Bell, EventLog } from '@berth/platform/outbox';
import { LOG } from '@berth/platform/runtime';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type WebSocket, WebSocketServer } from 'ws';
import { Audience } from './audience';
import { coalesce } from './coalesce';
import { Connection } from './connection';
import { type Follower, type FollowerParts, HEARTBEAT_SECONDS } from './follower';
import { RecentLog } from './recent-log';
import { StateWatch } from './state-watch';
import { StreamTickets } from './stream-tickets';
import { Topics } from './topics';

const PATH = '/api/v1/stream';
const MAX_FRAME_BYTES = 16 * 1024;
/** A message of 16 KiB in more pieces than this is made to be a burden. */
const MAX_FRAGMENTS = 64;
const MAX_PER_ACCOUNT = 10;
/** What somebody may do is looked up so often; with what it takes well below the five seconds that are promised. */
const TEND_MS = 2_000;
const SESSIONS_AT_ONCE = 1_000;
const LOOK_MS = 500;
const STATES_MS = 1_000;
const BATCH = 500;

/** One client, whatever it came by. */
export interface Client {
  readonly follower: Follower;
  tend(beat: boolean): void;
  dismiss(): void;
}

/** Live updates: follows the log, woken by the bell and by a look every half second, and hands each event to who follows it. */
@Injectable()
export class Stream implements OnModuleDestroy {
  /** What all who follow share. */
  readonly parts: FollowerParts;
  private readonly audience: Audience;
  private readonly recent: RecentLog;
  private readonly states: StateWatch;
  private readonly sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    maxFragments: MAX_FRAGMENTS,
    perMessageDeflate: false,
  });
  private readonly clients = new Set<Client>();
  private readonly undo: (() => void)[] = [];
  private position: number | undefined;
  private starting: Promise<void> | undefined;
  private following: Promise<void> | undefined;
  private tending: Promise<void> | undefined;
  private again = false;
  private leaving = false;

  constructor(
    topics: Topics,
    private readonly tickets: StreamTickets,
    private readonly tokens: AccessTokens,
    private readonly sessions: Sessions,
    private readonly cookies: SessionCookies,
    private readonly log: EventLog,
    private readonly bell: Bell,
    @Inject(LOG) private readonly journal: Logger,
  ) {
    this.audience = new Audience(topics);
    this.recent = new RecentLog(log);
    this.states = new StateWatch(this.audience, (error) =>
      journal.error({ error }, 'looking at what is followed failed; it is tried again'),
    );
    this.parts = { topics, log, audience: this.audience, recent: this.recent };
  }

  /** Takes upgrades of the server from now on. */
  attach(server: Server): void {
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => this.upgrade(request, socket, head));
    let tended = 0;
    const beats = Math.floor((HEARTBEAT_SECONDS * 1_000) / TEND_MS);
    const tend = setInterval(() => {
      const beat = ++tended % beats === 0;
      for (const it of this.clients) it.tend(beat);
      this.tending ??= this.renew()
        .catch((error: unknown) => this.journal.error({ error }, 'looking up who follows failed; it is tried again'))
        .finally(() => (this.tending = undefined));
    }, TEND_MS);
    const look = setInterval(() => this.follow(), LOOK_MS);
    const states = setInterval(() => void this.states.look(), STATES_MS);
    this.undo.push(
      () => clearInterval(tend),
      () => clearInterval(states),
      () => clearInterval(look),
      this.bell.on('berth_log', () => this.follow()),
    );
    this.follow();
  }

  /** Whether there is a place for one more of the account in this process. */
  async hasRoomFor(actor: Actor): Promise<boolean> {
    // Followed from before a client learns where it stands, so that nothing falls between.
    await this.start();
    let open = 0;
    for (const { follower } of this.clients) if (follower.actor?.accountId === actor.accountId) open++;
    return open < MAX_PER_ACCOUNT;
  }

  /** @returns ends it */
  add(client: Client): () => void {
    this.clients.add(client);
    return () => {
      this.clients.delete(client);
      client.follower.end();
    };
  }

  /** Whether it takes nobody any more. */
  get isLeaving(): boolean {
    return this.leaving;
  }

  /** Takes nobody any more and says goodbye to everybody, a thousand in a second: they all come back somewhere else. */
  async dismiss(): Promise<void> {
    this.leaving = true;
    const within = this.clients.size;
    await Promise.all([...this.clients].map((it) => sleep(Math.random() * within).then(() => it.dismiss())));
  }

  onModuleDestroy(): void {
    for (const it of this.undo) it();
    for (const it of this.clients) it.dismiss();
    this.sockets.close();
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const [path] = (request.url ?? '').split('?', 1);
    if (path !== PATH) return refuse(socket, '404 Not Found');
    if (this.isLeaving) return refuse(socket, '503 Service Unavailable');
    const { origin, host } = request.headers;
    // A browser always names the page; what comes from a page of another site is refused before there is a socket.
    if (origin !== undefined && !this.cookies.isOwnOrigin(origin, host ?? '')) return refuse(socket, '403 Forbidden');
    this.sockets.handleUpgrade(request, socket, head, (opened) => this.open(opened, request));
  }

  private open(socket: WebSocket, request: IncomingMessage): void {
    const connection = new Connection(socket, { ...this.parts, admit: (ticket) => this.admit(request, ticket) });
    socket.on('close', this.add(connection));
    socket.on('error', () => socket.terminate());
  }

  private async admit(request: IncomingMessage, ticket: string | undefined): Promise<Actor | undefined> {
    const sessionId = ticket === undefined ? await this.sessionOfCookie(request) : await this.tickets.redeem(ticket);
    const principal = sessionId && (await this.sessions.principal(sessionId));
    if (!principal) return undefined;
    const actor = { ...principal, requestId: `stream-${sessionId}` };
    return (await this.hasRoomFor(actor)) ? actor : undefined;
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

  /** Looks up what all who follow may do now: a statement for a thousand sessions, not one for each. */
  private async renew(): Promise<void> {
    const bySession = Map.groupBy(
      [...this.clients].filter((it) => it.follower.actor),
      (it) => it.follower.actor?.sessionId ?? '',
    );
    const ids = [...bySession.keys()];
    for (let from = 0; from < ids.length; from += SESSIONS_AT_ONCE) {
      const some = ids.slice(from, from + SESSIONS_AT_ONCE);
      const principals = await this.sessions.principals(some);
      for (const id of some) {
        const principal = principals.get(id);
        const actor = principal && { ...principal, requestId: `stream-${id}` };
        for (const { follower } of bySession.get(id) ?? []) follower.renew(actor);
      }
    }
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
      if (this.clients.size === 0) return this.rest();
      await this.start();
      if (this.position === undefined) return;
      const entries = await this.log.after(this.position, BATCH);
      // Known before it is told: who begins to follow in the middle of this reads all of it again.
      for (const it of entries) this.recent.push(it);
      for (const telling of coalesce(entries)) {
        const followers = await this.audience.of(telling.entry);
        for (const it of followers) it.follower.take(it, telling);
      }
      this.position = entries.at(-1)?.logPosition ?? this.position;
      if (entries.length === BATCH) this.again = true;
    }
  }
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
