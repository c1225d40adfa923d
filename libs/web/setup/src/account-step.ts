import { Component, ElementRef, computed, inject, input, linkedSignal, output, signal } from '@angular/core';
import { ActivatedRoute } from '@angular/router';
import { ProblemMessages, SetupApi, toProblem, type Problem } from '@berth/web/data';
import { Field, FieldControl, PasswordInput } from '@berth/web/ui';
import { TranslatePipe, TranslateService } from '@ngx-translate/core';
import { strengthOf } from './password-strength';
import { SetupDraft } from './setup-draft';

type Required = 'setupToken' | 'displayName' | 'email' | 'username' | 'password';

/** The set-up token proves that this person may set up; the account will be the first admin. */
@Component({
  selector: 'berth-account-step',
  imports: [TranslatePipe, Field, FieldControl, PasswordInput],
  templateUrl: './account-step.html',
  styleUrl: './step.css',
})
export class AccountStep {
  private readonly api = inject(SetupApi);
  private readonly messages = inject(ProblemMessages);
  private readonly translate = inject(TranslateService);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  protected readonly draft = inject(SetupDraft);

  /** What the server refused at the end, when it belongs here. */
  readonly refused = input<Problem | null>(null);
  readonly busy = output<boolean>();
  readonly done = output();

  protected readonly missing = signal<readonly Required[]>([]);
  protected readonly problem = linkedSignal(() => this.refused());
  protected readonly strength = computed(() => {
    const it = this.draft.answers();
    return strengthOf(this.draft.password(), [it.username, it.displayName, it.email.split('@')[0] ?? '', it.organization]);
  });

  constructor() {
    const fromLink = inject(ActivatedRoute).snapshot.queryParamMap.get('token');
    if (fromLink !== null) this.draft.change({ setupToken: fromLink });
  }

  protected errorOf(field: Required): string | null {
    if (this.missing().includes(field)) return String(this.translate.instant(`setup.missing.${field}`));
    const problem = this.problem();
    if (problem === null) return null;
    if (field === 'setupToken' && problem.code !== 'validation-failed') return this.messages.title(problem);
    const error = problem.errorOf(field);
    return error === null ? null : this.messages.field(error);
  }

  /** Proposes a user name from the address until the person writes their own. */
  protected setEmail(email: string): void {
    const { username, email: before } = this.draft.answers();
    const proposed = localPart(before);
    this.draft.change({ email: email.trim(), ...(username === '' || username === proposed ? { username: localPart(email) } : {}) });
  }

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    const it = this.draft.answers();
    const values: Record<Required, string> = { ...it, password: this.draft.password() };
    this.missing.set(
      (['setupToken', 'displayName', 'email', 'username', 'password'] as const).filter((field) => values[field].trim() === ''),
    );
    this.problem.set(null);
    if (this.missing().length > 0) return this.focusFirstInvalid();
    this.busy.emit(true);
    try {
      await this.api.unlock(it.setupToken.trim());
      this.done.emit();
    } catch (error) {
      this.problem.set(toProblem(error));
      this.focusFirstInvalid();
    } finally {
      this.busy.emit(false);
    }
  }

  private focusFirstInvalid(): void {
    setTimeout(() => this.host.nativeElement.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
  }
}

function localPart(email: string): string {
  return (email.split('@')[0] ?? '')
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9._-]/g, '');
}
