import { Injectable, inject, signal } from '@angular/core';
import { ProblemMessages, toProblem, type Problem } from '@berth/web/data';
import { Toasts } from '@berth/web/ui';
import type { NotificationPreferences } from './notification-preferences';
import { NotificationPreferencesApi } from './notification-preferences-api';

type Change = (preferences: NotificationPreferences) => NotificationPreferences;

/** One's own choices: each counts and is kept at once, one after another. */
@Injectable()
export class OwnPreferences {
  private readonly api = inject(NotificationPreferencesApi);
  private readonly toasts = inject(Toasts);
  private readonly messages = inject(ProblemMessages);
  private saving: Promise<void> = Promise.resolve();
  /** As the server has it. */
  private kept: NotificationPreferences | null = null;

  readonly value = signal<NotificationPreferences | null>(null);
  readonly problem = signal<Problem | null>(null);
  /** What was saved last stands beside the field. */
  readonly saved = signal<string | null>(null);

  constructor() {
    void this.load();
  }

  async load(): Promise<void> {
    try {
      this.take(await this.api.read());
      this.problem.set(null);
    } catch (error) {
      this.problem.set(toProblem(error));
    }
  }

  /** @param field what says that it is saved */
  change(field: string, change: Change): Promise<void> {
    this.saved.set(null);
    this.value.update((it) => it && change(it));
    this.saving = this.saving.then(() => this.save(field, change));
    return this.saving;
  }

  private async save(field: string, change: Change): Promise<void> {
    try {
      this.take(await this.send(change));
      this.saved.set(field);
    } catch (error) {
      this.value.set(this.kept);
      this.toasts.failed(this.messages.title(toProblem(error)));
    }
  }

  /** What was changed in another window meanwhile stays, but for this. */
  private async send(change: Change): Promise<NotificationPreferences> {
    const { kept } = this;
    if (kept === null) throw new Error('nothing to change yet');
    try {
      return await this.api.save(change(kept));
    } catch (error) {
      if (toProblem(error).code !== 'precondition-failed') throw error;
      return this.api.save(change(await this.api.read()));
    }
  }

  private take(preferences: NotificationPreferences): void {
    this.kept = preferences;
    this.value.set(preferences);
  }
}
