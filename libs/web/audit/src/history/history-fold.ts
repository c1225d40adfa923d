import { Component, input, linkedSignal } from '@angular/core';
import { Icon } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AuditHistory } from './audit-history';

/** What happened to one thing, read when it is unfolded: `<berth-history-fold object="groups" [objectId]="id" />`. */
@Component({
  selector: 'berth-history-fold',
  imports: [AuditHistory, Icon, TranslatePipe],
  template: `
    <h3>
      <button type="button" [attr.aria-expanded]="isOpen()" (click)="isOpen.set(!isOpen())">
        <svg [berthIcon]="isOpen() ? 'chevron-down' : 'chevron-right'"></svg>{{ 'audit.history' | translate }}
      </button>
    </h3>
    @if (isOpen()) {
      <berth-history [object]="object()" [objectId]="objectId()" />
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 8px;
      min-width: 0;
    }
    h3 {
      margin: 0;
    }
    button {
      display: inline-flex;
      align-items: center;
      gap: 6px;
      min-height: 32px;
      margin-left: -4px;
      padding: 0 8px 0 2px;
      border: 0;
      border-radius: var(--radius-control);
      background: none;
      color: inherit;
      font-size: 14px;
      font-weight: 600;
    }
    button:hover {
      background: var(--hover);
    }
    @media (max-width: 719px) {
      button {
        min-height: 44px;
      }
    }
  `,
})
export class HistoryFold {
  /** Kind of the thing, as `groups`. */
  readonly object = input.required<string>();
  readonly objectId = input.required<string>();
  /** Another thing is folded at first. */
  protected readonly isOpen = linkedSignal({ source: this.objectId, computation: () => false });
}
