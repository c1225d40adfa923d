import type { Routes } from '@angular/router';
import { ApprovalsInbox } from './approvals-inbox';

/** Routes below `/approvals`. */
export const approvalRoutes: Routes = [{ path: '', title: 'approvals.page', component: ApprovalsInbox }];
