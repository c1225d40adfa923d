import type { Routes } from '@angular/router';
import { Waitlist } from './waitlist';

/** Routes below `/me/waitlist`. */
export const waitlistRoutes: Routes = [{ path: '', title: 'waitlist.page', component: Waitlist }];
