import { Component, inject, resource, signal } from '@angular/core';
import { ProblemMessages, toProblem, type Problem } from '@berth/web/data';
import { Field, PasswordInput } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { PrivacyApi } from './privacy-api';

/** Erases one's own account: what will happen, then the password and a tick; there is no way back. */
@Component({
  selector: 'berth-erase-card',
  imports: [Field, PasswordInput, TranslatePipe],
  template: `
    <h2>{{ 'profile.privacy.erase' | translate }}</h2>
    <p>{{ 'profile.privacy.eraseText' | translate }}</p>
    @if (preview.value(); as it) {
      <p role="status">
        <b>{{ 'profile.privacy.preview' | translate: { anonymous: it.anonymous, cancelled: it.leaving.total } }}</b>
      </p>
    }
    <form (submit)="erase($event)" novalidate>
      <berth-field [label]="'profile.password.current' | translate" [error]="errorOf()">
        <berth-password-input name="current-for-erasure" [(value)]="password" />
      </berth-field>
      <label class="check">
        <input type="checkbox" name="sure" [checked]="sure()" (change)="sure.set(!sure())" />
        <span>{{ 'profile.privacy.sure' | translate }}</span>
      </label>
      <button type="submit" class="btn danger" [disabled]="busy() || !sure()">{{ 'profile.privacy.eraseNow' | translate }}</button>
    </form>
  `,
  styleUrl: '../preferences/card.css',
  host: { class: 'card' },
})
export class EraseCard {
  private readonly api = inject(PrivacyApi);
  private readonly messages = inject(ProblemMessages);

  protected readonly preview = resource({ loader: () => this.api.whatWouldGo() });
  protected readonly password = signal('');
  protected readonly sure = signal(false);
  protected readonly busy = signal(false);
  private readonly problem = signal<Problem | null>(null);

  protected errorOf(): string | null {
    const problem = this.problem();
    if (problem === null) return null;
    const [error] = problem.errors;
    return error ? this.messages.field(error) : this.messages.title(problem);
  }

  protected async erase(event: Event): Promise<void> {
    event.preventDefault();
    this.busy.set(true);
    this.problem.set(null);
    try {
      await this.api.erase(this.password());
      // Nobody is signed in any more: the console begins anew.
      location.assign('/');
    } catch (error) {
      this.problem.set(toProblem(error));
      this.busy.set(false);
    }
  }
}
