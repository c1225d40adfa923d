import type { Dialogs } from '@berth/web/ui';
import { LeaveDialog } from '../list/leave-dialog';

/** Asks before what is written is lost. @param text what that is */
export function mayDiscard(dialogs: Dialogs, text: string): Promise<boolean> {
  const ref = dialogs.open<'discard'>(LeaveDialog, { size: 'narrow', data: text });
  return new Promise((resolve) => ref.closed.subscribe((answer) => resolve(answer === 'discard')));
}
