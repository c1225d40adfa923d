import { Component, computed, inject, resource, signal } from '@angular/core';
import { ProblemMessages, toProblem, type Problem } from '@berth/web/data';
import { ErrorPanel, Field, Formats, PasswordInput, saveFile, Skeleton } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { calendarOfExport } from './calendar-of-export';
import { EraseCard } from './erase-card';
import { NameCard } from './name-card';
import { type PersonalExport, PrivacyApi } from './privacy-api';

/** A page that waits looks again so often. */
const LOOK_MS = 2_000;

/** `/me/privacy`: who reads one’s name; everything Berth holds about oneself, to take along, and to be forgotten where that is allowed. i18n: profile.privacy.state.* */
@Component({
  selector: 'berth-privacy-page',
  imports: [EraseCard, ErrorPanel, Field, NameCard, PasswordInput, Skeleton, TranslatePipe],
  template: `
    <h1>{{ 'profile.privacy.title' | translate }}</h1>
    <berth-name-card />
    <section class="card">
      <h2>{{ 'profile.privacy.export' | translate }}</h2>
      <p class="muted">{{ 'profile.privacy.about' | translate }}</p>
      <form (submit)="ask($event)" novalidate>
        <berth-field [label]="'profile.password.current' | translate" [error]="errorOf()">
          <berth-password-input name="current-for-export" [(value)]="password" />
        </berth-field>
        <button type="submit" class="btn" [disabled]="busy()">{{ 'profile.privacy.ask' | translate }}</button>
      </form>
      @if (failure(); as problem) {
        <berth-error-panel [problem]="problem" (retry)="exports.reload()" />
      } @else if (!exports.hasValue()) {
        <berth-skeleton [rows]="1" [height]="44" />
      } @else {
        <ul aria-live="polite">
          @for (it of exports.value(); track it.id) {
            <li>
              <span class="what">
                <b>{{ it.personName }}</b>
                <span class="muted">
                  {{ 'profile.privacy.state.' + it.state | translate: { when: when(it.availableUntil ?? it.askedAt) } }}
                </span>
              </span>
              @if (it.state === 'done') {
                <button type="button" class="btn small" (click)="save(it)">{{ 'profile.privacy.save' | translate }}</button>
                <button type="button" class="btn small" (click)="saveCalendar(it)">{{ 'profile.privacy.saveCalendar' | translate }}</button>
              }
            </li>
          }
        </ul>
      }
    </section>
    @if (mayErase.value()) {
      <berth-erase-card />
    } @else if (mayErase.hasValue()) {
      <p class="muted">{{ 'profile.privacy.eraseElsewhere' | translate }}</p>
    }
  `,
  styleUrl: '../own-list.css',
  styles: `
    section {
      padding: 16px 20px;
    }
    h2,
    p {
      margin: 0;
    }
    form {
      display: grid;
      gap: 14px;
      justify-items: start;
    }
  `,
})
export class PrivacyPage {
  private readonly api = inject(PrivacyApi);
  private readonly messages = inject(ProblemMessages);
  private readonly formats = inject(Formats);

  protected readonly exports = resource({ loader: () => this.list() });
  protected readonly mayErase = resource({ loader: () => this.api.mayErase() });
  protected readonly failure = computed(() => (this.exports.error() ? toProblem(this.exports.error()) : null));
  protected readonly password = signal('');
  protected readonly busy = signal(false);
  private readonly problem = signal<Problem | null>(null);

  protected errorOf(): string | null {
    const problem = this.problem();
    if (problem === null) return null;
    const [error] = problem.errors;
    return error ? this.messages.field(error) : this.messages.title(problem);
  }

  protected when(instant: string): string {
    return `${this.formats.date(instant, this.formats.ownZone(), 'medium')} ${this.formats.time(instant, this.formats.ownZone())}`;
  }

  protected async ask(event: Event): Promise<void> {
    event.preventDefault();
    this.busy.set(true);
    this.problem.set(null);
    try {
      await this.api.askForExport(this.password());
      this.password.set('');
      this.exports.reload();
    } catch (error) {
      this.problem.set(toProblem(error));
    } finally {
      this.busy.set(false);
    }
  }

  protected async save({ id }: PersonalExport): Promise<void> {
    const document = await this.api.file(id);
    saveFile(new Blob([JSON.stringify(document, null, 2)], { type: 'application/json' }), 'berth-personal-data.json');
  }

  protected async saveCalendar({ id }: PersonalExport): Promise<void> {
    saveFile(new Blob([calendarOfExport(await this.api.file(id))], { type: 'text/calendar;charset=utf-8' }), 'berth-bookings.ics');
  }

  private async list(): Promise<readonly PersonalExport[]> {
    const found = await this.api.exports();
    if (found.some((it) => it.state === 'queued' || it.state === 'running')) setTimeout(() => this.exports.reload(), LOOK_MS);
    return found;
  }
}
