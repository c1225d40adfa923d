import { Component, inject, input, type OnInit, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { AccountsApi, Session, toProblem } from '@berth/web/data';
import { Field, PasswordInput, Skeleton } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { EnrolmentStep } from './enrolment-step';
import { failureText } from './failure-text';
import { safeReturnUrl } from './return-url';
import { type Method, SecondStep } from './second-step';

/** Where somebody stands on the way in. */
type Stage =
  | { readonly kind: 'working' | 'refused' }
  | { readonly kind: 'link'; readonly provider: string; readonly email: string }
  | { readonly kind: 'show' | 'enrol'; readonly mfaToken: string; readonly methods: readonly Method[] };

/**
 * `/login/return`: the way back from a provider. Signs in with what was shown there; where an account has the same address
 * already, its owner signs in to it once more in the way they had, and the two are linked.
 */
@Component({
  selector: 'berth-provider-return',
  imports: [EnrolmentStep, Field, PasswordInput, RouterLink, SecondStep, Skeleton, TranslatePipe],
  template: `
    <div class="sheet">
      @let it = stage();
      @if (it.kind === 'show') {
        <berth-second-step [mfaToken]="it.mfaToken" [methods]="it.methods" (done)="proceed()" (back)="toSignIn()" />
      } @else if (it.kind === 'enrol') {
        <berth-enrolment-step [mfaToken]="it.mfaToken" [methods]="it.methods" (done)="proceed()" (back)="toSignIn()" />
      } @else {
        <h1>{{ (it.kind === 'link' ? 'signIn.provider.linkTitle' : 'signIn.title') | translate }}</h1>
        <div role="alert">
          @if (failure(); as text) {
            <p class="note error">{{ text }}</p>
          }
        </div>
        @if (it.kind === 'working') {
          <berth-skeleton [rows]="2" [height]="40" />
        } @else if (it.kind === 'link') {
          <p>{{ 'signIn.provider.linkText' | translate: { email: it.email, name: it.provider } }}</p>
          <form (submit)="link($event, it.email)" novalidate>
            <berth-field [label]="'signIn.password' | translate">
              <berth-password-input [(value)]="password" />
            </berth-field>
            <button type="submit" class="btn primary submit" [disabled]="busy() || password() === ''">
              {{ 'signIn.provider.linkSubmit' | translate }}
            </button>
          </form>
        }
        @if (it.kind !== 'working') {
          <p class="other">
            <a class="link" routerLink="/login">{{ 'account.toSignIn' | translate }}</a>
          </p>
        }
      }
    </div>
  `,
  styleUrl: './entry.css',
})
export class ProviderReturn implements OnInit {
  private readonly session = inject(Session);
  private readonly accounts = inject(AccountsApi);
  private readonly router = inject(Router);
  private readonly failureOf = failureText();

  /** Where to go afterwards, from the query. */
  readonly returnUrl = input<string>();

  protected readonly stage = signal<Stage>({ kind: 'working' });
  protected readonly password = signal('');
  protected readonly failure = signal<string | null>(null);
  protected readonly busy = signal(false);
  /** Once signed in, the two are linked. */
  private links = false;

  ngOnInit(): void {
    void this.attempt(() => this.session.signInFromProvider());
  }

  protected link(event: Event, email: string): void {
    event.preventDefault();
    this.links = true;
    void this.attempt(() => this.session.signIn(email, this.password()));
  }

  protected async proceed(): Promise<void> {
    try {
      if (this.links) await this.accounts.confirmLink();
      await this.router.navigateByUrl(safeReturnUrl(this.returnUrl()));
    } catch (error) {
      this.stage.set({ kind: 'refused' });
      this.failure.set(this.failureOf(toProblem(error)));
    }
  }

  protected toSignIn(): void {
    void this.router.navigateByUrl('/login');
  }

  private async attempt(signIn: () => Promise<unknown>): Promise<void> {
    this.busy.set(true);
    this.failure.set(null);
    try {
      await signIn();
      await this.proceed();
    } catch (error) {
      const problem = toProblem(error);
      const next = stageOf(problem.code, problem.body);
      if (next) return this.stage.set(next);
      if (this.stage().kind !== 'link') this.stage.set({ kind: 'refused' });
      this.failure.set(this.failureOf(problem));
    } finally {
      this.busy.set(false);
    }
  }
}

/** What a refusal leaves to do; undefined when that is nothing. */
function stageOf(code: string, body: Readonly<Record<string, unknown>>): Stage | undefined {
  if (code === 'account-link-required') return { kind: 'link', provider: String(body['provider']), email: String(body['email']) };
  const kind = ({ 'second-factor-required': 'show', 'second-factor-enrolment-required': 'enrol' } as const)[code];
  const methods = Array.isArray(body['methods']) ? (body['methods'] as Method[]) : (['totp', 'recovery-code'] as const);
  return kind && { kind, mfaToken: String(body['mfaToken']), methods };
}
