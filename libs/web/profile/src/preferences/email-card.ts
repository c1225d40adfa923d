import { Component, inject, signal } from '@angular/core';
import { ProblemMessages, Session, toProblem, type Problem } from '@berth/web/data';
import { Field, FieldControl, PasswordInput } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { ProfileApi } from './profile-api';

/** Another e-mail address, proved by a letter where mail leaves. i18n: profile.email.outcome.* */
@Component({
  selector: 'berth-email-card',
  imports: [Field, FieldControl, PasswordInput, TranslatePipe],
  template: `
    <h2>{{ 'profile.email.title' | translate }}</h2>
    <p>{{ session.user()?.email }}</p>
    <form (submit)="save($event, email.value)" novalidate>
      <berth-field [label]="'profile.email.new' | translate" [error]="errorOf('email')">
        <input #email berthControl class="name" type="email" name="email" autocomplete="email" />
      </berth-field>
      <berth-field [label]="'profile.password.current' | translate" [error]="errorOf('password')">
        <berth-password-input name="current-for-email" [(value)]="password" />
      </berth-field>
      <button type="submit" class="btn" [disabled]="busy() || password() === ''">{{ 'profile.email.save' | translate }}</button>
    </form>
    <p role="status">
      @if (outcome(); as it) {
        {{ 'profile.email.outcome.' + it | translate }}
      }
    </p>
    <div role="alert">
      @if (failure(); as text) {
        <p class="note error">{{ text }}</p>
      }
    </div>
  `,
  styleUrl: './card.css',
  host: { class: 'card' },
})
export class EmailCard {
  private readonly api = inject(ProfileApi);
  private readonly messages = inject(ProblemMessages);
  protected readonly session = inject(Session);

  protected readonly password = signal('');
  protected readonly busy = signal(false);
  protected readonly outcome = signal<'mailed' | 'changed' | null>(null);
  private readonly problem = signal<Problem | null>(null);

  protected errorOf(field: string): string | null {
    const error = this.problem()?.errors.find((it) => it.pointer === `/${field}`);
    return error ? this.messages.field(error) : null;
  }

  /** What belongs to no field. */
  protected failure(): string | null {
    const problem = this.problem();
    return problem === null || problem.errors.length > 0 ? null : this.messages.title(problem);
  }

  protected async save(event: Event, email: string): Promise<void> {
    event.preventDefault();
    this.busy.set(true);
    this.outcome.set(null);
    this.problem.set(null);
    try {
      this.outcome.set(await this.api.changeEmail(email.trim(), this.password()));
      this.password.set('');
      await this.session.load();
    } catch (error) {
      this.problem.set(toProblem(error));
    } finally {
      this.busy.set(false);
    }
  }
}
