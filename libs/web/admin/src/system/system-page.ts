import { Component, inject } from '@angular/core';
import { HealthLooks } from '@berth/web/data';
import { ErrorPanel, HealthPanel, Icon, Skeleton } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';

/** How the installation is doing, looked at when the page opens and when it is asked for again. */
@Component({
  selector: 'berth-system-page',
  imports: [ErrorPanel, HealthPanel, Icon, Skeleton, TranslatePipe],
  providers: [HealthLooks],
  template: `
    <div class="page">
      <div class="page-bar">
        <h1>{{ 'admin.system.page' | translate }}</h1>
      </div>
      <p class="muted">{{ 'admin.system.text' | translate }}</p>
      @if (looks.problem(); as failed) {
        <berth-error-panel [problem]="failed" (retry)="looks.look()" />
      }
      @if (looks.health(); as found) {
        <berth-health-panel [health]="found">
          <button type="button" class="btn" [disabled]="looks.busy()" (click)="looks.look()">
            <svg berthIcon="refresh-cw"></svg>{{ 'admin.system.again' | translate }}
          </button>
        </berth-health-panel>
      } @else if (looks.busy()) {
        <berth-skeleton [rows]="6" [height]="64" />
      }
    </div>
  `,
  styles: `
    :host {
      min-width: 0;
      overflow: auto;
    }
    .page {
      max-width: 760px;
    }
    p {
      margin: 0 0 16px;
    }
  `,
})
export class SystemPage {
  protected readonly looks = inject(HealthLooks);

  constructor() {
    void this.looks.look();
  }
}
