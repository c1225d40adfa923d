import { clientAddress } from '@berth/platform/http';
import type { FastifyRequest } from 'fastify';
import type { Device } from './open-session';

/** What a request says of the device it comes from. */
export const deviceOf = (request: FastifyRequest): Device => ({
  userAgent: request.headers['user-agent'],
  address: clientAddress(request),
  requestId: request.id,
});
