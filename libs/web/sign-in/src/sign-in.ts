import { Component, type ElementRef, inject, input, signal, viewChild } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { ProblemMessages, Session, SetupApi, toProblem } from '@berth/web/data';
import { Field, FieldControl, PasswordInput } from '@berth/web/ui';
import { TranslatePipe, TranslateService } from '@ngx-translate/core';
import { safeReturnUrl } from './return-url';

/** Sign in with name or e-mail and password; the address somebody wanted survives. */
@Component({
  selector: 'berth-sign-in',
  imports: [RouterLink, TranslatePipe, Field, FieldControl, PasswordInput],
  templateUrl: './sign-in.html',
  styleUrl: './entry.css',
})
export class SignIn {
  private readonly session = inject(Session);
  private readonly router = inject(Router);
  private readonly messages = inject(ProblemMessages);
  private readonly translate = inject(TranslateService);
  private readonly nameField = viewChild.required<ElementRef<HTMLInputElement>>('username');

  /** Where to go afterwards, from the query. */
  readonly returnUrl = input<string>();
  /** `done` when somebody came from the closed set-up wizard. */
  readonly setup = input<string>();

  protected readonly password = signal('');
  protected readonly failure = signal<string | null>(null);
  protected readonly missing = signal<{ name: boolean; password: boolean }>({ name: false, password: false });
  protected readonly busy = signal(false);
  protected readonly registrationOpen = signal(false);

  constructor() {
    void inject(SetupApi)
      .registrationOpen()
      .then((open) => this.registrationOpen.set(open));
  }

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    const field = this.nameField().nativeElement;
    const name = field.value.trim();
    this.missing.set({ name: name === '', password: this.password() === '' });
    if (this.missing().name || this.missing().password) return this.focusFirstInvalid();
    this.busy.set(true);
    this.failure.set(null);
    try {
      await this.session.signIn(name, this.password());
      await this.router.navigateByUrl(safeReturnUrl(this.returnUrl()));
    } catch (error) {
      const problem = toProblem(error);
      const wait = problem.retryAfter === null ? '' : ` ${this.translate.instant('signIn.wait', { seconds: problem.retryAfter })}`;
      this.failure.set(this.messages.title(problem) + wait);
      field.focus();
    } finally {
      this.busy.set(false);
    }
  }

  private focusFirstInvalid(): void {
    const form = this.nameField().nativeElement.form;
    queueMicrotask(() => form?.querySelector<HTMLElement>(this.missing().name ? '[name=username]' : '[name=password]')?.focus());
  }
}
