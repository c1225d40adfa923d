import { Component, DestroyRef, computed, inject, signal } from '@angular/core';
import { HealthLooks, LiveUpdates, ProblemMessages, SystemApi, toProblem } from '@berth/web/data';
import { ErrorPanel, HealthPanel, Icon, Skeleton } from '@berth/web/ui';
import { TranslatePipe, TranslateService } from '@ngx-translate/core';

/** How the installation is doing, looked at when the page opens, when something happens to it, and when it is asked for again. */
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
          @if (sendsMail()) {
            <button type="button" class="btn" [disabled]="sending()" (click)="testMail()">
              <svg berthIcon="send"></svg>{{ 'admin.system.test' | translate }}
            </button>
          }
        </berth-health-panel>
        <p role="status">{{ outcome() }}</p>
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
  private readonly api = inject(SystemApi);
  private readonly messages = inject(ProblemMessages);
  private readonly translate = inject(TranslateService);
  protected readonly looks = inject(HealthLooks);

  protected readonly sendsMail = computed(
    () => this.looks.health()?.findings.some((it) => it.part === 'mail' && it.state !== 'unused') ?? false,
  );
  protected readonly sending = signal(false);
  protected readonly outcome = signal('');

  constructor() {
    const look = (): void => void (this.looks.busy() || this.looks.look());
    inject(DestroyRef).onDestroy(inject(LiveUpdates).watch('system', look, look));
    look();
  }

  protected async testMail(): Promise<void> {
    this.sending.set(true);
    this.outcome.set('');
    try {
      this.outcome.set(String(this.translate.instant('admin.system.sent', await this.api.testMail())));
    } catch (error) {
      const problem = toProblem(error);
      this.outcome.set([this.messages.title(problem), problem.detail].filter(Boolean).join(': '));
    } finally {
      this.sending.set(false);
    }
  }
}
