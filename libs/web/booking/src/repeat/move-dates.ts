import { Injectable, inject } from '@angular/core';
import type { Reservation } from '../reservation';
import { ReservationsApi, type MoveRequest } from '../reservations-api';
import { SeriesApi, type SeriesScope } from './series-api';

/** Moves what is booked: by itself, or with other dates of its series. */
@Injectable({ providedIn: 'root' })
export class MoveDates {
  private readonly api = inject(ReservationsApi);
  private readonly series = inject(SeriesApi);

  /** Answers the one that is named as it is then; the others went as far. @throws Problem as booking does, and `invalid-state` */
  async execute(reservation: Reservation, scope: SeriesScope, to: MoveRequest, key?: string): Promise<Reservation> {
    const { id, seriesId, recurrenceId } = reservation;
    if (scope === 'this' || !seriesId) return this.api.move(id, to, key);
    await this.series.move(seriesId, scope, recurrenceId ?? null, to, key);
    return this.api.one(id);
  }
}
