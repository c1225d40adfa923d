import { Problem } from '@berth/contracts';
import { toCivil, toInstant } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Clock } from '@berth/platform/runtime';
import { Book, type BookingWish, BookSeries, Cancel } from '@berth/reservations';
import type { ResourceTerms } from '@berth/resources';
import { JoinWaitlist } from '@berth/waitlist';
import { Injectable } from '@nestjs/common';
import { type DemoBooking, demoPlan } from './demo-plan';

/** Who there is and what, by the names the plan calls them; null is the administrator. */
export interface DemoCast {
  readonly people: ReadonlyMap<string | null, Actor>;
  readonly resources: ReadonlyMap<string, ResourceTerms>;
}

/** Books the plan of the demo through the use cases people use. */
@Injectable()
export class DemoBookings {
  constructor(
    private readonly booking: Book,
    private readonly bookingSeries: BookSeries,
    private readonly waiting: JoinWaitlist,
    private readonly cancelling: Cancel,
    private readonly clock: Clock,
  ) {}

  /** Two weeks from today on in a zone; what has passed already, or is refused, is left out. */
  async book(cast: DemoCast, timeZone: string): Promise<void> {
    const plan = demoPlan(toCivil(this.clock.now(), timeZone).date);
    const givenBack: { readonly actor: Actor; readonly id: string }[] = [];
    for (const it of plan.givenBack) {
      const { actor, wish } = wishOf(it, cast);
      const booked = await this.booking.execute(actor, wish).catch(refused);
      if (booked) givenBack.push({ actor, id: booked.id });
    }
    for (const { rrule, ...it } of plan.series) {
      const { actor, wish } = wishOf(it, cast);
      const series = { wish, rrule, exdates: [], rdates: [], onConflict: 'skip' as const, resolutions: [] };
      await this.bookingSeries.execute(actor, series).catch(refused);
    }
    for (const it of plan.bookings) {
      const { actor, wish } = wishOf(it, cast);
      await this.booking.execute(actor, wish).catch(refused);
    }
    for (const it of plan.waits) {
      const { actor, wish } = wishOf(it, cast);
      const command = { ...wish, resourceId: wish.resourceIds[0], flexMinutes: 0, autoAccept: false, priority: 0, customFields: {} };
      await this.waiting.execute(actor, command).catch(refused);
    }
    for (const { actor, id } of givenBack) await this.cancelling.execute(actor, { id, undoSeconds: 0 });
  }
}

/** The wish of a booking, and who has it. */
function wishOf(it: DemoBooking, { people, resources }: DemoCast): { readonly actor: Actor; readonly wish: BookingWish } {
  const actor = people.get(it.person);
  const resource = resources.get(it.resource);
  if (!actor || !resource) throw new Error(`The demo has no ${it.person} or no ${it.resource}.`);
  const at = (date: string, time: string): Date => toInstant(`${date}T${time}`, resource.timeZone).instant;
  return {
    actor,
    wish: {
      resourceIds: [resource.id],
      quantity: 1,
      timeZone: resource.timeZone,
      start: at(it.date, it.from),
      end: at(it.lastDate ?? it.date, it.to),
      title: it.title,
      attendees: it.attendees ?? null,
      private: it.private ?? false,
    },
  };
}

/** What has passed or stands in the way is no part of the demo. */
function refused(error: unknown): undefined {
  if (error instanceof Problem) return undefined;
  throw error;
}
