import { clientAddress } from '@berth/platform/http';
import type { Origin } from '@berth/platform/runtime';
import type { FastifyRequest } from 'fastify';

/** W3C Trace Context §3.2.2: version, trace, parent, flags; neither id is all zeros, and version ff is none. */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** What the log keeps of where a request came from. */
export function originOfRequest(request: Pick<FastifyRequest, 'id' | 'headers'> & { readonly ip?: string | undefined }): Origin {
  const { traceparent } = request.headers;
  return {
    requestId: request.id,
    address: clientAddress(request),
    traceparent: typeof traceparent === 'string' && TRACEPARENT.test(traceparent) ? traceparent : null,
  };
}
