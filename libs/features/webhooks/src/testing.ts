import { SafeFetch } from '@berth/platform/outgoing';
import { EventLog } from '@berth/platform/outbox';
import { Secrets } from '@berth/platform/runtime';
import { type SetClock, silentOutbox, silentQueue, silentRelay, type TestDatabase } from '@berth/platform/testing';
import { ReportProvisioning } from '@berth/reservations';
import type { ResourceCatalogue } from '@berth/resources';
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { Deliveries } from './deliveries/deliveries.subscriber';
import { DeliveryQueries } from './deliveries/delivery.queries';
import { Replay } from './deliveries/replay';
import { SendDelivery } from './deliveries/send-delivery';
import { AddWebhook } from './endpoints/add-webhook';
import { ChangeWebhook } from './endpoints/change-webhook';
import { RemoveWebhook } from './endpoints/remove-webhook';
import { RotateSecret } from './endpoints/rotate-secret';
import { TryWebhook } from './endpoints/try-webhook';
import { WebhookQueries } from './endpoints/webhook.queries';
import { PostMessage } from './message/post-message';
import { TakeCallback } from './provisioning/take-callback';

/** The real use cases on the real database; only the clock is set, and requests go to this machine. */
export function webhooksOn(
  { database }: Pick<TestDatabase, 'database'>,
  clock: SetClock,
  catalogue: ResourceCatalogue,
  fetch = new SafeFetch({ allowedNetworks: ['127.0.0.0/8'] }),
) {
  const secrets = new Secrets(Buffer.alloc(32, 7));
  const outbox = silentOutbox();
  const queue = silentQueue();
  const relay = silentRelay(database, clock);
  const queries = new WebhookQueries(database, secrets, clock);
  const posting = new PostMessage(fetch, clock);
  new Deliveries(relay, queue, catalogue, clock);
  const sending = new SendDelivery(queue, database, queries, posting, outbox, clock, pino({ level: 'silent' }));
  return {
    add: new AddWebhook(database, queries, secrets, fetch, outbox, clock),
    change: new ChangeWebhook(database, queries, secrets, fetch, outbox),
    remove: new RemoveWebhook(database, queries, outbox),
    rotate: new RotateSecret(database, queries, secrets, outbox, clock),
    try: new TryWebhook(database, queries, posting, outbox, clock),
    replay: new Replay(database, outbox, clock),
    deliveries: new DeliveryQueries(database),
    queries,
    sending,
    callback: new TakeCallback(database, queries, catalogue, new ReportProvisioning(outbox, clock), clock),
    /** Begins to follow the log here. */
    begin: () => relay.drain(),
    /** Writes down what happened until now. */
    async hear(): Promise<void> {
      await database.system.sql`select sequence_events(10000)`;
      await relay.drain();
    },
    /** Sends all that is due, until nothing is. @returns how many were sent */
    async send(): Promise<number> {
      let sent = 0;
      for (let due = await sending.due(100); due.length > 0; due = await sending.due(100)) {
        await Promise.all(due.map((it) => sending.execute(it)));
        sent += due.length;
      }
      return sent;
    },
    log: new EventLog(database),
  };
}

/** A request as it arrived. */
export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A server that keeps what it is sent. */
export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  stop(): Promise<void>;
}

/** @param answer what it does with a request; left out it takes it */
export async function startReceiver(
  answer: RequestListener = (_request, response) => void response.writeHead(204).end(),
): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      received.push({ headers: request.headers, body });
      answer(request, response);
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
