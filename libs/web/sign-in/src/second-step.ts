import { Component, type ElementRef, computed, effect, inject, input, linkedSignal, output, signal, viewChild } from '@angular/core';
import { Passkeys, Session, toProblem } from '@berth/web/data';
import { CodeInput, Field, FieldControl } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { failureText } from './failure-text';

/** What can be shown after the password. */
export type Method = 'passkey' | 'totp' | 'recovery-code';

/**
 * The second step of signing in: a passkey, a code of the app, sent by itself with its last digit, or a recovery code.
 * i18n: signIn.second.use.passkey .totp .recovery-code
 */
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
      @if (method() === 'passkey') {
        <p>{{ 'signIn.second.passkey' | translate }}</p>
      } @else if (method() === 'recovery-code') {
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
      <button #pressed type="submit" class="btn primary submit" [disabled]="busy()">
        {{ (method() === 'passkey' ? 'signIn.passkey' : 'signIn.second.submit') | translate }}
      </button>
    </form>
    <p class="other">
      @for (it of others(); track it) {
        <button type="button" class="link" (click)="choose(it)">{{ 'signIn.second.use.' + it | translate }}</button>
      }
      <button type="button" class="link" (click)="back.emit()">{{ 'signIn.second.back' | translate }}</button>
    </p>
  `,
  styleUrl: './step.css',
})
export class SecondStep {
  private readonly session = inject(Session);
  private readonly passkeys = inject(Passkeys);
  private readonly failureOf = failureText();

  /** What the first step gave. */
  readonly mfaToken = input.required<string>();
  /** What the person has, the easiest first. */
  readonly methods = input.required<readonly Method[]>();
  readonly done = output();
  /** Begin again with name and password. */
  readonly back = output();

  private readonly possible = computed(() => this.methods().filter((it) => it !== 'passkey' || this.passkeys.supported));
  protected readonly method = linkedSignal<Method>(() => this.possible()[0] ?? 'recovery-code');
  protected readonly others = computed(() => this.possible().filter((it) => it !== this.method()));
  protected readonly code = signal('');
  protected readonly trusts = signal(false);
  protected readonly busy = signal(false);
  protected readonly failure = signal<string | null>(null);

  private readonly typed = viewChild<ElementRef<HTMLElement>>('typed');
  private readonly pressed = viewChild.required<ElementRef<HTMLElement>>('pressed');

  constructor() {
    // What is done next has the focus; the field for a code of an app takes it by itself.
    effect(() => (this.method() === 'passkey' ? this.pressed() : this.typed())?.nativeElement.focus());
  }

  protected choose(method: Method): void {
    this.method.set(method);
    this.code.set('');
    this.failure.set(null);
  }

  protected submit(event: Event): void {
    event.preventDefault();
    void this.send();
  }

  protected async send(): Promise<void> {
    if (this.busy() || (this.code() === '' && this.method() !== 'passkey')) return;
    this.busy.set(true);
    this.failure.set(null);
    try {
      await this.show(this.method());
      this.done.emit();
    } catch (error) {
      const problem = toProblem(error);
      this.failure.set(this.failureOf(problem));
      this.code.set('');
    } finally {
      this.busy.set(false);
    }
  }

  private async show(method: Method): Promise<void> {
    const [mfaToken, trustsBrowser] = [this.mfaToken(), this.trusts()];
    if (method === 'passkey') await this.passkeys.showAfterPassword(mfaToken, trustsBrowser);
    else await this.session.showSecondFactor({ mfaToken, method, code: this.code(), trustsBrowser });
  }
}
