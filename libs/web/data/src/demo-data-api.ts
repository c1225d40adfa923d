import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import { apiUrl } from './api-url';

/** What becomes of bookings people made themselves on demo resources. */
export type OwnBookings = 'keep' | 'remove';

/** How much goes with the demo data. */
export interface DemoCounts {
  readonly bookings: number;
  readonly resources: number;
  readonly people: number;
  readonly sites: number;
  readonly groups: number;
  readonly quotas: number;
}

/** `GET /demo-data`; `removal` is there while demo data is. */
export interface DemoData {
  readonly state: 'present' | 'removed' | 'none';
  readonly undoUntil: string | null;
  readonly removal: Readonly<Record<OwnBookings, DemoCounts>> | null;
}

/** The demo data an organization may have begun with; for administrators. Promises reject with a Problem. */
@Injectable({ providedIn: 'root' })
export class DemoDataApi {
  private readonly http = inject(HttpClient);

  read(): Promise<DemoData> {
    return firstValueFrom(this.http.get<DemoData>(apiUrl('/demo-data')));
  }

  remove(ownBookings: OwnBookings): Promise<DemoData> {
    return firstValueFrom(this.http.post<DemoData>(apiUrl('/demo-data/remove'), { ownBookings }));
  }

  restore(): Promise<DemoData> {
    return firstValueFrom(this.http.post<DemoData>(apiUrl('/demo-data/restore'), {}));
  }
}
