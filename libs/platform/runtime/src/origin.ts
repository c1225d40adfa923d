import { AsyncLocalStorage } from 'node:async_hooks';

/** Where a request that is being served came from. */
export interface Origin {
  readonly requestId: string;
  /** Of the client, past the proxies that are trusted; null where it is no address. */
  readonly address: string | null;
  /** W3C Trace Context, level 1; null where the client sent none that can be read. */
  readonly traceparent: string | null;
}

const origins = new AsyncLocalStorage<Origin>();

/** Does something as a part of a request. */
export const serving = <T>(origin: Origin, work: () => T): T => origins.run(origin, work);

/** Id of the request that is being served; null for what Berth does by itself. */
export const requestServed = (): string | null => origins.getStore()?.requestId ?? null;

/** Where a request that is being served came from; undefined for what Berth does by itself. */
export const originOf = (requestId: string | null): Origin | undefined => {
  const origin = origins.getStore();
  // What a request set going may work for others as well: it is theirs only under their name.
  return origin?.requestId === requestId ? origin : undefined;
};
