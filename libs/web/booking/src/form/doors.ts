import { Injectable, inject } from '@angular/core';
import { newIdempotencyKey, Problem, toProblem } from '@berth/web/data';
import type { Slot } from '../hold/holds-api';
import { HoldKeeper } from '../hold/hold-keeper';
import type { Reservation } from '../reservation';
import { wantsAnswers } from '../refusal/refusal';
import { type BookRequest, type MoveRequest, ReservationsApi } from '../reservations-api';
import { MoveDates } from '../repeat/move-dates';
import { Repeat } from '../repeat/repeat';
import type { SeriesScope } from '../repeat/series-api';
import { Questions } from './questions';
import { Wish } from './wish';

/** How a form asks the server whether a wish can be had, and how it makes it so. */
export abstract class Door {
  /** Whether what is taken can be waited for. */
  readonly canWait: boolean = true;

  /** Whether the type of this resource puts its questions. */
  asks(_resourceId: string): boolean {
    return true;
  }

  /** @throws Problem that says why not */
  abstract ask(slot: Slot): Promise<void>;
  abstract send(slot: Slot): Promise<Reservation>;
}

/** Booking: asking is holding, so that what was free stays free. */
@Injectable()
export class BookDoor extends Door {
  private readonly api = inject(ReservationsApi);
  private readonly hold = inject(HoldKeeper);
  private readonly wish = inject(Wish);
  private readonly repeat = inject(Repeat);
  private readonly questions = inject(Questions);
  /** Made when the form opens: however often Book is pressed, it is one booking. */
  private key = newIdempotencyKey();

  override ask(slot: Slot): Promise<void> {
    return this.hold.take(slot);
  }

  override async send(slot: Slot): Promise<Reservation> {
    const holdId = this.hold.id();
    try {
      return await this.book(slot, holdId);
    } catch (error) {
      // A hold that has vanished is no reason to fail: the time is asked for like any other.
      if (holdId !== null && isCode(error, 'not-found')) return this.book(slot, null);
      // What was sent before with other contents may not be sent again, so the next attempt is another act.
      if (isCode(error, 'idempotency-key-reused')) this.key = newIdempotencyKey();
      throw error;
    }
  }

  private async book(slot: Slot, holdId: string | null): Promise<Reservation> {
    const { wish } = this;
    const request = {
      ...slot,
      timeZone: wish.zone(),
      title: wish.title().trim() || null,
      description: wish.description().trim() || null,
      ...(Object.keys(this.questions.answers()).length > 0 && { customFields: this.questions.answers() }),
      private: wish.isPrivate(),
      attendees: wish.people(),
      ...(holdId === null ? {} : { holdId }),
    };
    const booked = this.repeat.rrule() === null ? await this.api.book(request, this.key) : await this.firstOf(request);
    if (holdId === null) this.hold.release();
    else this.hold.forget();
    return booked;
  }

  /** Books the series and answers its first date, which is what the screens go on with. */
  private async firstOf(request: BookRequest): Promise<Reservation> {
    const { occurrences } = await this.repeat.book(request, this.key);
    const first = occurrences.find((it) => it.status !== 'skipped') ?? occurrences[0]!;
    return this.api.one(first.id);
  }
}

/** Moving: the server judges without changing anything; the reservation keeps its old time until then. */
@Injectable()
export class MoveDoor extends Door {
  override readonly canWait = false;
  private readonly api = inject(ReservationsApi);
  private readonly moving = inject(MoveDates);
  private readonly questions = inject(Questions);
  private readonly key = newIdempotencyKey();
  /** Which dates of its series go with it; the server says only of this one before whether it can. */
  scope: SeriesScope = 'this';
  /** Set before the form is shown. */
  reservation!: Reservation;

  /** What it has was asked when it was booked. */
  override asks(resourceId: string): boolean {
    return resourceId !== this.reservation.resources[0]?.resourceId;
  }

  override async ask(slot: Slot): Promise<void> {
    if (this.isWhereItWas(slot)) return;
    try {
      await this.api.tryMove(this.reservation.id, this.changes(slot));
    } catch (error) {
      // An answer that is missing is no word against the time; the form puts the question.
      if (!wantsAnswers(toProblem(error))) throw error;
    }
  }

  override send(slot: Slot): Promise<Reservation> {
    return this.moving.execute(this.reservation, this.scope, this.changes(slot), this.key);
  }

  isWhereItWas(slot: Slot): boolean {
    const { start, end, resources } = this.reservation;
    return (
      Date.parse(slot.start) === Date.parse(start) &&
      Date.parse(slot.end) === Date.parse(end) &&
      slot.resourceId === resources[0]?.resourceId
    );
  }

  /** A resource that stays is not named: reservations of several resources may move in time only. */
  private changes({ resourceId, start, end }: Slot): MoveRequest {
    if (!this.asks(resourceId)) return { start, end };
    const customFields = this.questions.answers();
    return { start, end, resourceId, ...(this.questions.fields().length > 0 && { customFields }) };
  }
}

const isCode = (error: unknown, code: string): boolean => error instanceof Problem && error.code === code;
