import type { Routes } from '@angular/router';
import { MyBookings } from './my-bookings';

/** Routes below `/me/bookings`. */
export const reservationRoutes: Routes = [{ path: '', title: 'reservations.page', component: MyBookings }];
