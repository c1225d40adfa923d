import type { Routes } from '@angular/router';
import { CheckInPage } from './check-in/check-in-page';
import { MyBookings } from './my-bookings';

/** Where the code at a resource leads: `/check-in?token=…`. */
export const checkInRoutes: Routes = [{ path: '', title: 'reservations.checkInPage.title', component: CheckInPage }];

/** Routes below `/me/bookings`. */
export const reservationRoutes: Routes = [{ path: '', title: 'reservations.page', component: MyBookings }];
