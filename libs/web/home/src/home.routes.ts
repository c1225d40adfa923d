import type { Routes } from '@angular/router';
import { Home } from './home';

/** The start page. */
export const homeRoutes: Routes = [{ path: '', title: 'home.page', component: Home }];
