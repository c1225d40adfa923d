import { Component, computed, inject, resource, signal } from '@angular/core';
import { ProblemMessages, toProblem, type Problem } from '@berth/web/data';
import { Field, PasswordInput } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AccountApi } from '../account-api';
import { ProfileApi } from './profile-api';

/** Another password, for who knows the present one; the first, for who signs in another way. */
@Component({
  selector: 'berth-password-card',
  imports: [Field, PasswordInput, TranslatePipe],
  template: `
    <h2>{{ 'profile.password.title' | translate }}</h2>
    <form (submit)="save($event)" novalidate>
      @if (hasOne()) {
        <berth-field [label]="'profile.password.current' | translate" [error]="errorOf('current')">
          <berth-password-input name="current" [(value)]="current" />
        </berth-field>
      } @else {
        <p class="muted">{{ 'profile.password.none' | translate }}</p>
      }
      <berth-field [label]="'profile.password.new' | translate" [hint]="'profile.password.hint' | translate" [error]="errorOf('password')">
        <berth-password-input name="new" autocomplete="new-password" [(value)]="password" />
      </berth-field>
      <p class="muted">{{ 'profile.password.others' | translate }}</p>
      <button type="submit" class="btn" [disabled]="busy() || (hasOne() && current() === '') || password() === ''">
        {{ (hasOne() ? 'profile.password.save' : 'profile.password.set') | translate }}
      </button>
    </form>
    <p role="status">{{ done() ? ('profile.password.done' | translate) : '' }}</p>
    <div role="alert">
      @if (failure(); as text) {
        <p class="note error">{{ text }}</p>
      }
    </div>
  `,
  styleUrl: './card.css',
  host: { class: 'card' },
})
export class PasswordCard {
  private readonly api = inject(ProfileApi);
  private readonly account = inject(AccountApi);
  private readonly messages = inject(ProblemMessages);

  private readonly ways = resource({ loader: () => this.account.waysIn() });
  /** People who sign in with a provider or a passkey alone have none; who cannot be asked is taken to have one. */
  protected readonly hasOne = computed(() => !this.ways.hasValue() || this.ways.value().hasPassword);
  protected readonly current = signal('');
  protected readonly password = signal('');
  protected readonly busy = signal(false);
  protected readonly done = signal(false);
  private readonly problem = signal<Problem | null>(null);

  protected errorOf(field: string): string | null {
    const errors = (this.problem()?.errors ?? []).filter((it) => it.pointer === `/${field}`);
    return errors.length === 0 ? null : errors.map((it) => this.messages.field(it)).join('. ');
  }

  /** What belongs to no field. */
  protected failure(): string | null {
    const problem = this.problem();
    return problem === null || problem.errors.length > 0 ? null : this.messages.title(problem);
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    this.busy.set(true);
    this.done.set(false);
    this.problem.set(null);
    try {
      await (this.hasOne() ? this.api.changePassword(this.current(), this.password()) : this.api.setPassword(this.password()));
      this.ways.reload();
      this.done.set(true);
      this.current.set('');
      this.password.set('');
    } catch (error) {
      this.problem.set(toProblem(error));
    } finally {
      this.busy.set(false);
    }
  }
}
