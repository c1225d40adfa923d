import type { Routes } from '@angular/router';
import { Find } from './find';

/** Routes below `/book`. */
export const findRoutes: Routes = [{ path: '', title: 'find.page', component: Find }];
