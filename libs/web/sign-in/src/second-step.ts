import { Component, computed, inject, input, output, signal } from '@angular/core';
import { Session, toProblem } from '@berth/web/data';
import { CodeInput, Field, FieldControl } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { failureText } from './failure-text';

/** The second step of signing in: a code of the app, sent by itself with its last digit, or a recovery code. */
@Component({
  selector: 'berth-second-step',
  imports: [CodeInput, Field, FieldControl, TranslatePipe],
  template: `
    <h1>{{ 'signIn.second.title' | translate }}</h1>
    <div role="alert">
      @if (failure(); as text) {
        <p class="note error">{{ text }}</p>
      }
    </div>
    <form (submit)="submit($event)" novalidate>
      @if (isRecovery()) {
        <berth-field [label]="'signIn.second.recovery' | translate" [hint]="'signIn.second.recoveryHint' | translate">
          <input
            #typed
            berthControl
            class="in"
            name="recovery"
            autocomplete="off"
            autocapitalize="characters"
            spellcheck="false"
            [value]="code()"
            (input)="code.set(typed.value)"
          />
        </berth-field>
      } @else {
        <berth-field [label]="'signIn.second.code' | translate" [hint]="'signIn.second.hint' | translate">
          <berth-code-input [(value)]="code" (complete)="send()" />
        </berth-field>
      }
      <label class="check">
        <input #trust type="checkbox" [checked]="trusts()" (change)="trusts.set(trust.checked)" />
        {{ 'signIn.second.trust' | translate }}
      </label>
      <button type="submit" class="btn primary submit" [disabled]="busy()">{{ 'signIn.second.submit' | translate }}</button>
    </form>
    <p class="other">
      <button type="button" class="link" (click)="switchMethod()">
        {{ (isRecovery() ? 'signIn.second.useApp' : 'signIn.second.useRecovery') | translate }}
      </button>
      <button type="button" class="link" (click)="back.emit()">{{ 'signIn.second.back' | translate }}</button>
    </p>
  `,
  styleUrl: './step.css',
})
export class SecondStep {
  private readonly session = inject(Session);
  private readonly failureOf = failureText();

  /** What the first step gave. */
  readonly mfaToken = input.required<string>();
  readonly done = output();
  /** Begin again with name and password. */
  readonly back = output();

  protected readonly method = signal<'totp' | 'recovery-code'>('totp');
  protected readonly isRecovery = computed(() => this.method() === 'recovery-code');
  protected readonly code = signal('');
  protected readonly trusts = signal(false);
  protected readonly busy = signal(false);
  protected readonly failure = signal<string | null>(null);

  protected switchMethod(): void {
    this.method.set(this.isRecovery() ? 'totp' : 'recovery-code');
    this.code.set('');
    this.failure.set(null);
  }

  protected submit(event: Event): void {
    event.preventDefault();
    void this.send();
  }

  protected async send(): Promise<void> {
    if (this.code() === '' || this.busy()) return;
    this.busy.set(true);
    this.failure.set(null);
    try {
      await this.session.showSecondFactor({
        mfaToken: this.mfaToken(),
        method: this.method(),
        code: this.code(),
        trustsBrowser: this.trusts(),
      });
      this.done.emit();
    } catch (error) {
      const problem = toProblem(error);
      this.failure.set(this.failureOf(problem));
      this.code.set('');
    } finally {
      this.busy.set(false);
    }
  }
}
