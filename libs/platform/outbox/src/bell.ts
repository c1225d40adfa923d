import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import pg from 'pg';
import type { Logger } from 'pino';
import { LOG } from '@berth/platform/runtime';

/** `events`: something was written to the log. `log`: the sequencer gave places. */
export type Channel = 'berth_events' | 'berth_log';

const COALESCE_MS = 50;
const RECONNECT_MS = 500;

/** URL the bell connects to. */
export const DATABASE_URL = Symbol('DatabaseUrl');

/**
 * Wakes other parts, in this process and in others, through NOTIFY on a connection of its own. Only a hint: whoever
 * listens also looks by itself, so a lost ring costs time and nothing else. Never inside a booking transaction, where
 * NOTIFY takes a lock that makes all committing writers queue.
 */
@Injectable()
export class Bell implements OnModuleDestroy {
  private client: pg.Client | undefined;
  private readonly listeners = new Map<Channel, Set<() => void>>();
  private readonly due = new Map<Channel, NodeJS.Timeout>();
  private closed = false;
  private ringing: Promise<void> = Promise.resolve();

  constructor(
    @Inject(DATABASE_URL) private readonly url: string,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** Rings at most once in 50 ms and channel. */
  ring(channel: Channel): void {
    if (this.closed || this.due.has(channel)) return;
    const timer = setTimeout(() => {
      this.due.delete(channel);
      // One after another: the connection takes one statement at a time.
      this.ringing = this.ringing
        .then(() => this.connected())
        .then((client) => client.query(`notify ${channel}`))
        .then(
          () => undefined,
          () => undefined,
        );
    }, COALESCE_MS);
    timer.unref();
    this.due.set(channel, timer);
  }

  /** @returns ends the listening */
  on(channel: Channel, hear: () => void): () => void {
    const set = this.listeners.get(channel) ?? new Set();
    this.listeners.set(channel, set.add(hear));
    this.connected().catch(() => this.connectAgain());
    return () => void set.delete(hear);
  }

  async onModuleDestroy(): Promise<void> {
    this.closed = true;
    for (const timer of this.due.values()) clearTimeout(timer);
    await this.client?.end().catch(() => undefined);
  }

  private connecting: Promise<pg.Client> | undefined;

  private connected(): Promise<pg.Client> {
    if (this.client) return Promise.resolve(this.client);
    this.connecting ??= this.connect().finally(() => (this.connecting = undefined));
    return this.connecting;
  }

  private async connect(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: this.url, application_name: 'berth_bell', options: '-c role=berth_app' });
    client.on('error', (error) => this.lost(client, error));
    client.on('end', () => this.lost(client));
    client.on('notification', ({ channel }) => {
      for (const hear of this.listeners.get(channel as Channel) ?? []) hear();
    });
    await client.connect();
    await client.query('listen berth_events; listen berth_log');
    this.client = client;
    return client;
  }

  private lost(client: pg.Client, error?: Error): void {
    if (this.client !== client || this.closed) return;
    this.client = undefined;
    if (error) this.log.warn({ reason: error.message }, 'bell lost its connection');
    this.connectAgain();
  }

  /** Until there is one: a database that starts takes longer than a moment. */
  private connectAgain(): void {
    setTimeout(() => {
      if (!this.closed) this.connected().catch(() => this.connectAgain());
    }, RECONNECT_MS).unref();
  }
}
