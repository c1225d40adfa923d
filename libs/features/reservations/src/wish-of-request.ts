import { Problem } from '@berth/contracts';
import type { BookRequest, HoldRequest } from './reservations.dto';
import { type BookingWish, demandSpan, instantOf } from './wish';

/** Reads a request into a wish. @throws Problem `validation-failed`, `nonexistent-local-time` */
export function wishOf(request: HoldRequest & Partial<BookRequest>): BookingWish {
  if (request.resourceId !== undefined && request.resourceIds !== undefined) {
    throw new Problem('validation-failed', {
      errors: [{ pointer: '/resourceIds', code: 'one-of', detail: 'send either resourceId or resourceIds' }],
    });
  }
  const start = instantOf(request.start, request.timeZone, '/start');
  const end = instantOf(request.end, request.timeZone, '/end');
  demandSpan(start, end);
  const ids = request.resourceIds ?? [request.resourceId ?? ''];
  return {
    resourceIds: ids.map((it) => it.toLowerCase()),
    start,
    end,
    timeZone: request.timeZone,
    quantity: request.quantity ?? 1,
    title: request.title?.trim() || null,
    description: request.description ?? null,
    private: request.private,
    attendees: request.attendees,
    customFields: request.customFields ?? {},
    holdId: request.holdId ?? null,
    onBehalfOf: request.onBehalfOf ?? null,
  };
}
