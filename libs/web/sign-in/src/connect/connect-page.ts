import { DOCUMENT } from '@angular/common';
import { Component, computed, inject, resource, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { type Problem, ProblemMessages, toProblem } from '@berth/web/data';
import { ErrorPanel, Skeleton } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AskedPanel } from './asked-panel';
import { ConnectApi } from './connect-api';

/** `/connect`: a program led here, and asks to act in the name of the person who is signed in. */
@Component({
  selector: 'berth-connect-page',
  imports: [AskedPanel, ErrorPanel, RouterLink, Skeleton, TranslatePipe],
  template: `
    <div class="sheet">
      @if (isBroken()) {
        <h1>{{ 'connect.broken' | translate }}</h1>
        <p>{{ 'connect.brokenText' | translate }}</p>
        <p class="other">
          <a class="link" routerLink="/">{{ 'connect.toStart' | translate }}</a>
        </p>
      } @else if (failure(); as problem) {
        <h1>{{ 'connect.page' | translate }}</h1>
        <berth-error-panel [problem]="problem" (retry)="seen.reload()" />
      } @else if (seen.hasValue() && seen.value().asked) {
        <berth-asked-panel [asked]="seen.value().asked!" [busy]="busy()" (answered)="answer($event)">
          <p class="muted">{{ 'connect.goesTo' | translate: { place: seen.value().goesTo } }}</p>
          <div role="alert">
            @if (refused(); as problem) {
              <p class="note error">{{ messages.title(problem) }}</p>
            }
          </div>
        </berth-asked-panel>
      } @else {
        <h1 class="visually-hidden">{{ 'connect.page' | translate }}</h1>
        <berth-skeleton [rows]="3" [height]="40" />
      }
    </div>
  `,
  styleUrl: '../entry.css',
})
export class ConnectPage {
  private readonly api = inject(ConnectApi);
  private readonly window = inject(DOCUMENT).defaultView;
  protected readonly messages = inject(ProblemMessages);
  private readonly request = inject(Router).url.split('?').slice(1).join('?');

  protected readonly seen = resource({ loader: () => this.look() });
  protected readonly failure = computed(() => (this.seen.error() ? toProblem(this.seen.error()) : null));
  /** Nobody can be told what is wrong with it but the person. */
  protected readonly isBroken = computed(() => this.failure()?.code === 'validation-failed');
  protected readonly busy = signal(false);
  protected readonly refused = signal<Problem | null>(null);

  protected async answer(allow: boolean): Promise<void> {
    this.busy.set(true);
    this.refused.set(null);
    try {
      this.leave(await this.api.answer(this.request, allow));
    } catch (error) {
      this.refused.set(toProblem(error));
      this.busy.set(false);
    }
  }

  private async look(): ReturnType<ConnectApi['look']> {
    const seen = await this.api.look(this.request || '-');
    if (seen.redirectTo !== undefined) this.leave(seen.redirectTo);
    return seen;
  }

  private leave(address: string): void {
    this.window?.location.assign(address);
  }
}
