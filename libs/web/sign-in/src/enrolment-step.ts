import {
  Component,
  type ElementRef,
  computed,
  effect,
  inject,
  input,
  linkedSignal,
  output,
  resource,
  signal,
  viewChild,
} from '@angular/core';
import { Passkeys, Session, toProblem } from '@berth/web/data';
import { AppSecret, CodeInput, CodesToKeep, Field, Skeleton } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { failureText } from './failure-text';
import type { Method } from './second-step';

/**
 * Between password and console for whose role must have a second factor and has none: make a passkey, where this browser and the
 * server can, or scan and show a code of an app; then keep the recovery codes.
 */
@Component({
  selector: 'berth-enrolment-step',
  imports: [AppSecret, CodeInput, CodesToKeep, Field, Skeleton, TranslatePipe],
  template: `
    <h1>{{ 'signIn.enrol.title' | translate }}</h1>
    <div role="alert">
      @if (failure() ?? (secret.error() ? failureOf(toProblem(secret.error())) : null); as text) {
        <p class="note error">{{ text }}</p>
      }
    </div>
    @if (recoveryCodes(); as codes) {
      <p #next tabindex="-1">{{ 'signIn.enrol.keep' | translate }}</p>
      <berth-codes-to-keep [codes]="codes" fileName="berth-recovery-codes" />
      <button type="button" class="btn primary submit" (click)="done.emit()">{{ 'signIn.enrol.kept' | translate }}</button>
    } @else {
      @if (withPasskey()) {
        <p>{{ 'signIn.enrol.whyPasskey' | translate }}</p>
        <button #next type="button" class="btn primary submit" [disabled]="busy()" (click)="makePasskey()">
          {{ 'signIn.enrol.passkey' | translate }}
        </button>
      } @else {
        <p>{{ 'signIn.enrol.why' | translate }}</p>
        @if (secret.hasValue()) {
          <berth-app-secret [secret]="secret.value().secret" [uri]="secret.value().uri" />
          <form (submit)="submit($event)" novalidate>
            <berth-field [label]="'signIn.second.code' | translate" [hint]="'signIn.enrol.hint' | translate">
              <berth-code-input [(value)]="code" (complete)="showCode()" />
            </berth-field>
            <button type="submit" class="btn primary submit" [disabled]="busy()">{{ 'signIn.enrol.submit' | translate }}</button>
          </form>
        } @else if (!secret.error()) {
          <berth-skeleton [rows]="4" [height]="40" />
        }
      }
      <p class="other">
        @if (canPasskey()) {
          <button type="button" class="link" (click)="choose(!withPasskey())">
            {{ (withPasskey() ? 'signIn.enrol.app' : 'signIn.enrol.passkey') | translate }}
          </button>
        }
        <button type="button" class="link" (click)="back.emit()">{{ 'signIn.second.back' | translate }}</button>
      </p>
    }
  `,
  styleUrl: './step.css',
})
export class EnrolmentStep {
  private readonly session = inject(Session);
  private readonly passkeys = inject(Passkeys);
  protected readonly failureOf = failureText();
  protected readonly toProblem = toProblem;

  readonly mfaToken = input.required<string>();
  /** What the server can set up. */
  readonly methods = input.required<readonly Method[]>();
  readonly done = output();
  readonly back = output();

  protected readonly canPasskey = computed(() => this.passkeys.supported && this.methods().includes('passkey'));
  protected readonly withPasskey = linkedSignal(() => this.canPasskey());
  protected readonly secret = resource({
    params: () => (this.withPasskey() ? undefined : this.mfaToken()),
    loader: ({ params }) => this.session.beginEnrolment(params),
  });
  protected readonly recoveryCodes = signal<readonly string[] | null>(null);
  protected readonly code = signal('');
  protected readonly busy = signal(false);
  protected readonly failure = signal<string | null>(null);

  private readonly next = viewChild<ElementRef<HTMLElement>>('next');

  constructor() {
    // Where a code is typed its field takes the focus by itself.
    effect(() => this.next()?.nativeElement.focus());
  }

  protected choose(withPasskey: boolean): void {
    this.withPasskey.set(withPasskey);
    this.code.set('');
    this.failure.set(null);
  }

  protected submit(event: Event): void {
    event.preventDefault();
    void this.showCode();
  }

  protected async showCode(): Promise<void> {
    if (this.code() === '') return;
    await this.enrol(() => this.session.confirmEnrolment(this.mfaToken(), this.code()));
  }

  protected makePasskey(): Promise<void> {
    return this.enrol(() => this.passkeys.enrol(this.mfaToken()));
  }

  private async enrol(set: () => Promise<readonly string[]>): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    this.failure.set(null);
    try {
      this.recoveryCodes.set(await set());
    } catch (error) {
      this.failure.set(this.failureOf(toProblem(error)));
      this.code.set('');
    } finally {
      this.busy.set(false);
    }
  }
}
