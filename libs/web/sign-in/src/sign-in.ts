import { Component, computed, DestroyRef, type ElementRef, inject, input, signal, viewChild } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { AccountsApi, Passkeys, Session, SetupApi, toProblem } from '@berth/web/data';
import { Field, FieldControl, Icon, PasswordInput } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { EnrolmentStep } from './enrolment-step';
import { failureText } from './failure-text';
import { homeProvider } from './home-provider';
import { ProviderButtons } from './provider-buttons';
import { providerFailure } from './provider-failure';
import { safeReturnUrl } from './return-url';
import { type Method, SecondStep } from './second-step';

/** Sign in with name or e-mail and password, and the second factor where one is asked for; the address somebody wanted survives. */
@Component({
  selector: 'berth-sign-in',
  imports: [EnrolmentStep, Field, FieldControl, Icon, PasswordInput, ProviderButtons, RouterLink, SecondStep, TranslatePipe],
  templateUrl: './sign-in.html',
  styleUrl: './entry.css',
})
export class SignIn {
  private readonly session = inject(Session);
  protected readonly passkeys = inject(Passkeys);
  private readonly router = inject(Router);
  private readonly accounts = inject(AccountsApi);
  private readonly failureOf = failureText();
  private readonly nameField = viewChild<ElementRef<HTMLInputElement>>('username');

  /** Where to go afterwards, from the query. */
  readonly returnUrl = input<string>();
  /** `done` when somebody came from the closed set-up wizard. */
  readonly setup = input<string>();
  /** Key of the provider to go to at once, for links that name one. */
  readonly idp = input<string>();
  /** Why a provider's answer was no sign-in, from the query. */
  readonly failure = input<string>();

  protected readonly name = signal('');
  protected readonly password = signal('');
  protected readonly refusal = signal<string | null>(null);
  protected readonly cameBackWith = providerFailure(this.failure);
  protected readonly missing = signal<{ name: boolean; password: boolean }>({ name: false, password: false });
  protected readonly busy = signal(false);
  /** Ends what the browser offers, before something else asks for a passkey: there is one question at a time. */
  private offering = new AbortController();
  /** What is missing after the password, with the token for it. */
  protected readonly step = signal<{
    readonly kind: 'show' | 'enrol';
    readonly mfaToken: string;
    readonly methods: readonly Method[];
  } | null>(null);
  protected readonly registrationOpen = signal(false);
  private readonly found = homeProvider(this.name);
  /** Offered before the password; a failed question says nothing, the ways below stay. */
  protected readonly home = computed(() => (this.found.hasValue() ? this.found.value() : null));
  protected readonly homeUrl = computed(() => this.accounts.providerUrl(this.home()?.key ?? '', safeReturnUrl(this.returnUrl())));

  constructor() {
    void inject(SetupApi)
      .registrationOpen()
      .then((open) => this.registrationOpen.set(open));
    inject(DestroyRef).onDestroy(() => this.offering.abort());
    void this.offerPasskey();
  }

  protected async withPasskey(): Promise<void> {
    this.offering.abort();
    this.busy.set(true);
    this.refusal.set(null);
    try {
      await this.passkeys.signIn();
      await this.enter();
    } catch (error) {
      this.refusal.set(this.failureOf(toProblem(error)));
      void this.offerPasskey();
    } finally {
      this.busy.set(false);
    }
  }

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    const field = this.nameField()?.nativeElement;
    const name = field?.value.trim() ?? '';
    this.missing.set({ name: name === '', password: this.password() === '' });
    if (this.missing().name || this.missing().password) return this.focusFirstInvalid();
    this.busy.set(true);
    this.refusal.set(null);
    try {
      await this.session.signIn(name, this.password());
      await this.enter();
    } catch (error) {
      const problem = toProblem(error);
      const kind = nextStep[problem.code];
      if (kind) this.offering.abort();
      if (kind) return this.step.set({ kind, mfaToken: String(problem.body['mfaToken']), methods: methodsOf(problem.body['methods']) });
      this.refusal.set(this.failureOf(problem));
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
    void this.offerPasskey();
  }

  /** Passkeys stand among what the browser fills into the name field, where it can do that. */
  private async offerPasskey(): Promise<void> {
    if (!this.passkeys.supported) return;
    this.offering = new AbortController();
    try {
      if (await this.passkeys.offer(this.offering.signal)) await this.enter();
    } catch (error) {
      const problem = toProblem(error);
      // Nobody asked for it: what does not work at this address, or is not reached, says nothing.
      if (problem.code.startsWith('passkey-')) this.refusal.set(this.failureOf(problem));
    }
  }

  private focusFirstInvalid(): void {
    const form = this.nameField()?.nativeElement.form;
    queueMicrotask(() => form?.querySelector<HTMLElement>(this.missing().name ? '[name=username]' : '[name=password]')?.focus());
  }
}

const methodsOf = (named: unknown): readonly Method[] => (Array.isArray(named) ? (named as Method[]) : ['totp', 'recovery-code']);

const nextStep: Readonly<Record<string, 'show' | 'enrol'>> = {
  'second-factor-required': 'show',
  'second-factor-enrolment-required': 'enrol',
};
