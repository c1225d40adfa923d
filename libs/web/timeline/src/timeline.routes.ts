import type { Routes } from '@angular/router';
import { Timeline } from './timeline';

/** Routes below `/timeline`. */
export const timelineRoutes: Routes = [{ path: '', title: 'timeline.page', component: Timeline }];
