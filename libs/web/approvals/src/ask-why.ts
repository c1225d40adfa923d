import { Injectable, inject } from '@angular/core';
import { Dialogs } from '@berth/web/ui';
import { firstValueFrom } from 'rxjs';
import type { Answer, Approval } from './approvals-api';

/** Asks why something is rejected, and for another time where one wants to suggest it. */
@Injectable({ providedIn: 'root' })
export class AskWhy {
  private readonly dialogs = inject(Dialogs);

  /** @returns nothing where they think better of it */
  async rejection(approvals: readonly Approval[], suggests: boolean): Promise<Answer | undefined> {
    const { RejectDialog } = await import('./reject-dialog');
    const ref = this.dialogs.open<Answer>(RejectDialog, { data: { approvals, suggests }, focus: 'textarea', size: 'narrow' });
    return firstValueFrom(ref.closed);
  }
}
