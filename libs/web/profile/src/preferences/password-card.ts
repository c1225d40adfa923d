import { Component, inject, signal } from '@angular/core';
import { ProblemMessages, toProblem, type Problem } from '@berth/web/data';
import { Field, PasswordInput } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { ProfileApi } from './profile-api';

/** Another password, for who knows the present one. */
@Component({
  selector: 'berth-password-card',
  imports: [Field, PasswordInput, TranslatePipe],
  template: `
    <h2>{{ 'profile.password.title' | translate }}</h2>
    <form (submit)="save($event)" novalidate>
      <berth-field [label]="'profile.password.current' | translate" [error]="errorOf('current')">
        <berth-password-input name="current" [(value)]="current" />
      </berth-field>
      <berth-field [label]="'profile.password.new' | translate" [hint]="'profile.password.hint' | translate" [error]="errorOf('password')">
        <berth-password-input name="new" autocomplete="new-password" [(value)]="password" />
      </berth-field>
      <p class="muted">{{ 'profile.password.others' | translate }}</p>
      <button type="submit" class="btn" [disabled]="busy() || current() === '' || password() === ''">
        {{ 'profile.password.save' | translate }}
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
  private readonly messages = inject(ProblemMessages);

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
      await this.api.changePassword(this.current(), this.password());
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
