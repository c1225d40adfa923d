import { Component, inject, input, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { type Problem, toProblem } from '@berth/web/data';
import { Field, FieldControl } from '@berth/web/ui';
import { TranslatePipe, TranslateService } from '@ngx-translate/core';
import { failureText } from '../failure-text';
import { AskedPanel } from './asked-panel';
import { type Asked, ConnectApi } from './connect-api';

/** `/device`: the code a terminal or a device shows is typed in here. Never taken from the address without a press: who sent the link may not be who holds the device. */
@Component({
  selector: 'berth-device-page',
  imports: [AskedPanel, Field, FieldControl, RouterLink, TranslatePipe],
  template: `
    <div class="sheet">
      @if (done() !== null) {
        <h1>{{ (done() ? 'connect.device.allowed' : 'connect.device.refused') | translate }}</h1>
        <p role="status">{{ (done() ? 'connect.device.allowedText' : 'connect.device.refusedText') | translate }}</p>
        <p class="other">
          <a class="link" routerLink="/">{{ 'connect.toStart' | translate }}</a>
        </p>
      } @else if (asked(); as it) {
        <berth-asked-panel [asked]="it" [busy]="busy()" (answered)="answer($event)">
          <p class="note">{{ 'connect.device.warning' | translate: { code: code() } }}</p>
          <div role="alert">
            @if (problem(); as failed) {
              <p class="note error">{{ text(failed) }}</p>
            }
          </div>
        </berth-asked-panel>
      } @else {
        <h1>{{ 'connect.device.page' | translate }}</h1>
        <p class="muted">{{ 'connect.device.text' | translate }}</p>
        <form (submit)="look($event, typed.value)" novalidate>
          <berth-field [label]="'connect.device.code' | translate" [error]="problem() ? text(problem()!) : null">
            <input
              #typed
              berthControl
              class="in"
              name="user-code"
              autocomplete="off"
              autocapitalize="characters"
              spellcheck="false"
              maxlength="40"
              [value]="user_code() ?? ''"
            />
          </berth-field>
          <button type="submit" class="btn primary submit" [disabled]="busy()">{{ 'connect.device.go' | translate }}</button>
        </form>
      }
    </div>
  `,
  styleUrl: '../entry.css',
})
export class DevicePage {
  private readonly api = inject(ConnectApi);
  private readonly translate = inject(TranslateService);
  private readonly failed = failureText();

  /** From the address, as RFC 8628 §3.3.1 has it. */
  readonly user_code = input<string>();

  protected readonly code = signal('');
  protected readonly asked = signal<Asked | null>(null);
  protected readonly done = signal<boolean | null>(null);
  protected readonly busy = signal(false);
  protected readonly problem = signal<Problem | null>(null);

  protected text(problem: Problem): string {
    return problem.code === 'not-found' || problem.code === 'validation-failed'
      ? this.translate.instant('connect.device.unknown')
      : this.failed(problem);
  }

  protected look(event: Event, typed: string): Promise<void> {
    event.preventDefault();
    return this.act(async () => {
      this.code.set(typed.trim().toUpperCase());
      this.asked.set(await this.api.lookAtDevice(this.code()));
    });
  }

  protected answer(allow: boolean): Promise<void> {
    return this.act(async () => {
      await this.api.answerDevice(this.code(), allow);
      this.done.set(allow);
    });
  }

  private async act(work: () => Promise<void>): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    this.problem.set(null);
    try {
      await work();
    } catch (error) {
      this.problem.set(toProblem(error));
    } finally {
      this.busy.set(false);
    }
  }
}
