import type { IncomingHttpHeaders } from 'node:http';

export interface Answer {
  readonly status: number;
  // What an answer holds is for the test to say.
  readonly body: unknown;
  readonly headers: IncomingHttpHeaders;
}

export interface Sending {
  readonly body?: unknown;
  readonly key?: string;
  readonly cutAfterMs?: number;
  readonly token?: string;
}

export class NoAnswer extends Error {}

export class BerthClient {
  constructor(url: string, token?: string);
  as(token: string): BerthClient;
  close(): void;
  send(method: string, path: string, sending?: Sending): Promise<Answer>;
  must<Body>(method: string, path: string, sending?: Sending): Promise<Body>;
}
