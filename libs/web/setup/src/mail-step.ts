import { Component, inject, output, resource, signal } from '@angular/core';
import { ProblemMessages, SetupApi, toProblem, type Problem } from '@berth/web/data';
import { Field, FieldControl, Icon } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { SetupDraft } from './setup-draft';

/** Whether Berth can write to people, tried out. Nothing here keeps anybody from going on. */
@Component({
  selector: 'berth-mail-step',
  imports: [TranslatePipe, Field, FieldControl, Icon],
  template: `
    <form id="setup-step" (submit)="go($event)" novalidate>
      @if (sends.value(); as it) {
        <p>{{ 'setup.mail.on' | translate }}</p>
        <div class="row">
          <berth-field [label]="'setup.mail.to' | translate" [error]="fieldError()">
            <input
              #address
              berthControl
              class="name"
              type="email"
              name="test-address"
              autocomplete="email"
              [value]="draft.answers().email"
            />
          </berth-field>
        </div>
        <button type="button" class="btn" [disabled]="busy()" (click)="send(address.value)">
          <svg berthIcon="send"></svg>{{ 'setup.mail.send' | translate }}
        </button>
      } @else if (sends.value() === false) {
        <p>{{ 'setup.mail.off' | translate }}</p>
        <p class="muted">{{ 'setup.mail.how' | translate }}</p>
      }
      <div role="status">
        @if (sent(); as it) {
          <p class="note">{{ 'setup.mail.sent' | translate: { to: it.to, server: it.server } }}</p>
        }
      </div>
      <div role="alert">
        @if (problem(); as failed) {
          <p class="note error">
            {{ messages.title(failed) }}
            @if (failed.body['reason']; as reason) {
              {{ 'setup.mail.reason' | translate: { reason } }}
            }
          </p>
        }
      </div>
    </form>
  `,
  styleUrl: './step.css',
})
export class MailStep {
  private readonly api = inject(SetupApi);
  protected readonly messages = inject(ProblemMessages);
  protected readonly draft = inject(SetupDraft);

  readonly done = output();

  protected readonly sends = resource({ loader: () => this.api.sendsMail() });
  protected readonly busy = signal(false);
  protected readonly sent = signal<{ readonly to: string; readonly server: string } | null>(null);
  protected readonly problem = signal<Problem | null>(null);

  protected fieldError(): string | null {
    const error = this.problem()?.errorOf('email');
    return error ? this.messages.field(error) : null;
  }

  protected go(event: Event): void {
    event.preventDefault();
    this.done.emit();
  }

  protected async send(address: string): Promise<void> {
    this.busy.set(true);
    this.sent.set(null);
    this.problem.set(null);
    const { setupToken, language } = this.draft.answers();
    try {
      this.sent.set(await this.api.testMail(setupToken, address.trim(), language));
    } catch (error) {
      this.problem.set(toProblem(error));
    } finally {
      this.busy.set(false);
    }
  }
}
