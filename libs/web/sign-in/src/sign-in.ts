import { Component, type ElementRef, inject, input, signal, viewChild } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { Session, SetupApi, toProblem } from '@berth/web/data';
import { Field, FieldControl, PasswordInput } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { EnrolmentStep } from './enrolment-step';
import { failureText } from './failure-text';
import { safeReturnUrl } from './return-url';
import { SecondStep } from './second-step';

/** Sign in with name or e-mail and password, and the second factor where one is asked for; the address somebody wanted survives. */
@Component({
  selector: 'berth-sign-in',
  imports: [EnrolmentStep, Field, FieldControl, PasswordInput, RouterLink, SecondStep, TranslatePipe],
  templateUrl: './sign-in.html',
  styleUrl: './entry.css',
})
export class SignIn {
  private readonly session = inject(Session);
  private readonly router = inject(Router);
  private readonly failureOf = failureText();
  private readonly nameField = viewChild<ElementRef<HTMLInputElement>>('username');

  /** Where to go afterwards, from the query. */
  readonly returnUrl = input<string>();
  /** `done` when somebody came from the closed set-up wizard. */
  readonly setup = input<string>();

  protected readonly password = signal('');
  protected readonly failure = signal<string | null>(null);
  protected readonly missing = signal<{ name: boolean; password: boolean }>({ name: false, password: false });
  protected readonly busy = signal(false);
  /** What is missing after the password, with the token for it. */
  protected readonly step = signal<{ readonly kind: 'show' | 'enrol'; readonly mfaToken: string } | null>(null);
  protected readonly registrationOpen = signal(false);

  constructor() {
    void inject(SetupApi)
      .registrationOpen()
      .then((open) => this.registrationOpen.set(open));
  }

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    const field = this.nameField()?.nativeElement;
    const name = field?.value.trim() ?? '';
    this.missing.set({ name: name === '', password: this.password() === '' });
    if (this.missing().name || this.missing().password) return this.focusFirstInvalid();
    this.busy.set(true);
    this.failure.set(null);
    try {
      await this.session.signIn(name, this.password());
      await this.enter();
    } catch (error) {
      const problem = toProblem(error);
      const kind = nextStep[problem.code];
      if (kind) return this.step.set({ kind, mfaToken: String(problem.body['mfaToken']) });
      this.failure.set(this.failureOf(problem));
      field?.focus();
    } finally {
      this.busy.set(false);
    }
  }

  protected async enter(): Promise<void> {
    await this.router.navigateByUrl(safeReturnUrl(this.returnUrl()));
  }

  protected beginAgain(): void {
    this.password.set('');
    this.step.set(null);
  }

  private focusFirstInvalid(): void {
    const form = this.nameField()?.nativeElement.form;
    queueMicrotask(() => form?.querySelector<HTMLElement>(this.missing().name ? '[name=username]' : '[name=password]')?.focus());
  }
}

const nextStep: Readonly<Record<string, 'show' | 'enrol'>> = {
  'second-factor-required': 'show',
  'second-factor-enrolment-required': 'enrol',
};
