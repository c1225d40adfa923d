import { Component, inject } from '@angular/core';
import { Router } from '@angular/router';
import { HealthLooks } from '@berth/web/data';
import { ErrorPanel, HealthPanel, Icon, Skeleton } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';

/** The last look before the door opens: what Berth runs on. Nothing found here keeps anybody out. */
@Component({
  selector: 'berth-check-step',
  imports: [ErrorPanel, HealthPanel, Icon, Skeleton, TranslatePipe],
  providers: [HealthLooks],
  template: `
    <form id="setup-step" (submit)="enter($event)">
      @if (looks.problem(); as failed) {
        <berth-error-panel [problem]="failed" (retry)="looks.look()" />
      }
      @if (looks.health(); as found) {
        <berth-health-panel [health]="found">
          <button type="button" class="btn" [disabled]="looks.busy()" (click)="looks.look()">
            <svg berthIcon="refresh-cw"></svg>{{ 'setup.checkAgain' | translate }}
          </button>
        </berth-health-panel>
      } @else if (looks.busy()) {
        <p role="status">{{ 'setup.checking' | translate }}</p>
        <berth-skeleton [rows]="6" [height]="56" />
      }
    </form>
  `,
  styleUrl: './step.css',
})
export class CheckStep {
  private readonly router = inject(Router);

  protected readonly looks = inject(HealthLooks);

  constructor() {
    void this.looks.look();
  }

  protected async enter(event: Event): Promise<void> {
    event.preventDefault();
    await this.router.navigateByUrl('/timeline');
  }
}
