import type { Origin } from '@berth/platform/runtime';
import type { FastifyRequest } from 'fastify';
import { isIP } from 'node:net';

/** W3C Trace Context §3.2.2: version, trace, parent, flags; neither id is all zeros, and version ff is none. */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** What the log keeps of where a request came from. */
export function originOfRequest(request: Pick<FastifyRequest, 'id' | 'headers'> & { readonly ip?: string | undefined }): Origin {
  const { traceparent } = request.headers;
  return {
    requestId: request.id,
    address: addressOf(request.ip),
    traceparent: typeof traceparent === 'string' && TRACEPARENT.test(traceparent) ? traceparent : null,
  };
}

/**
 * An IPv4 address written as IPv6 is the IPv4 address; the zone of a link says nothing elsewhere.
 * @param ip undefined where who asked has gone before the request was looked at
 */
function addressOf(ip = ''): string | null {
  const [bare = ''] = ip.replace(/^::ffff:(?=[\d.]+$)/i, '').split('%', 1);
  return isIP(bare) === 0 ? null : bare;
}
