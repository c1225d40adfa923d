import { Injectable, inject } from '@angular/core';
import { Dialogs } from '@berth/web/ui';
import { firstValueFrom } from 'rxjs';
import type { Reservation } from '../reservation';
import { ScopeDialog, type ScopeData } from './scope-dialog';
import type { SeriesScope } from './series-api';

/** Asks which dates of a series an act is about; every screen asks in the same way. */
@Injectable({ providedIn: 'root' })
export class WhichDates {
  private readonly dialogs = inject(Dialogs);

  /** `this` of what does not recur, which nobody is asked; null when nothing shall be done. */
  async ask(reservation: Reservation, act: ScopeData['act']): Promise<SeriesScope | null> {
    const { seriesId, recurrenceId, title, resources } = reservation;
    if (!seriesId) return 'this';
    const data: ScopeData = { act, name: title ?? resources[0]?.name ?? '', seriesId, recurrenceId: recurrenceId ?? null };
    const asked = this.dialogs.open<SeriesScope, ScopeData>(ScopeDialog, { data, size: 'narrow', focus: 'input[name=scope]' });
    return (await firstValueFrom(asked.closed)) ?? null;
  }
}
