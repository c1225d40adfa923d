import { Component, computed, inject, resource, signal } from '@angular/core';
import { ProblemMessages, toProblem } from '@berth/web/data';
import { EmptyState, ErrorPanel, Field, FieldControl, Formats, Skeleton, Toasts } from '@berth/web/ui';
import { TranslatePipe, TranslateService } from '@ngx-translate/core';
import { AccountApi, type OwnSshKey } from '../account-api';

/**
 * `/me/ssh-keys`: one's public keys, for machines one books. i18n: fieldError.ssh-private-key fieldError.ssh-one-line
 * fieldError.ssh-options fieldError.ssh-algorithm fieldError.ssh-malformed fieldError.ssh-too-short fieldError.ssh-comment
 */
@Component({
  selector: 'berth-ssh-keys-page',
  imports: [EmptyState, ErrorPanel, Field, FieldControl, Skeleton, TranslatePipe],
  template: `
    <h1>{{ 'profile.sshKeys.title' | translate }}</h1>
    <p class="muted">{{ 'profile.sshKeys.about' | translate }}</p>
    @if (failure(); as problem) {
      <berth-error-panel [problem]="problem" (retry)="keys.reload()" />
    } @else if (!keys.hasValue()) {
      <berth-skeleton [rows]="2" [height]="60" />
    } @else if (keys.value().length > 0) {
      <div class="card">
        <ul>
          @for (key of keys.value(); track key.id) {
            <li>
              <div class="what">
                <b>{{ key.comment || key.algorithm }}</b>
                <code>{{ key.fingerprint }}</code>
                <span class="muted">{{
                  'profile.sshKeys.details' | translate: { algorithm: key.algorithm, bits: key.bits, when: day(key.createdAt) }
                }}</span>
              </div>
              <button
                type="button"
                class="btn small danger"
                [attr.aria-label]="'profile.sshKeys.removeOne' | translate: { name: key.comment || key.fingerprint }"
                (click)="remove(key)"
              >
                {{ 'profile.sshKeys.remove' | translate }}
              </button>
            </li>
          }
        </ul>
      </div>
    } @else {
      <berth-empty-state [title]="'profile.sshKeys.none' | translate" [text]="'profile.sshKeys.noneText' | translate" />
    }
    <form (submit)="add($event)" novalidate>
      <berth-field [label]="'profile.sshKeys.key' | translate" [hint]="'profile.sshKeys.hint' | translate" [error]="refusal()">
        <textarea
          #field
          berthControl
          name="publicKey"
          rows="4"
          autocapitalize="none"
          spellcheck="false"
          [value]="text()"
          (input)="text.set(field.value)"
        ></textarea>
      </berth-field>
      <button type="submit" class="btn primary" [disabled]="busy()">{{ 'profile.sshKeys.add' | translate }}</button>
    </form>
  `,
  styleUrl: '../own-list.css',
})
export class SshKeysPage {
  private readonly api = inject(AccountApi);
  private readonly toasts = inject(Toasts);
  private readonly messages = inject(ProblemMessages);
  private readonly translate = inject(TranslateService);
  private readonly formats = inject(Formats);

  protected readonly keys = resource({ loader: () => this.api.sshKeys() });
  protected readonly failure = computed(() => (this.keys.error() ? toProblem(this.keys.error()) : null));
  protected readonly text = signal('');
  protected readonly refusal = signal<string | null>(null);
  protected readonly busy = signal(false);

  protected day(instant: string): string {
    return this.formats.date(instant, this.formats.ownZone(), 'medium');
  }

  protected async add(event: Event): Promise<void> {
    event.preventDefault();
    this.busy.set(true);
    this.refusal.set(null);
    try {
      const { comment, algorithm } = await this.api.addSshKey(this.text());
      this.text.set('');
      this.toasts.done(this.translate.instant('profile.sshKeys.added', { name: comment || algorithm }));
      this.keys.reload();
    } catch (error) {
      const problem = toProblem(error);
      const [wrong] = problem.errors;
      this.refusal.set(wrong ? this.messages.field(wrong) : this.messages.title(problem));
    } finally {
      this.busy.set(false);
    }
  }

  protected async remove(key: OwnSshKey): Promise<void> {
    try {
      await this.api.removeSshKey(key.id);
      this.toasts.done(this.translate.instant('profile.sshKeys.removed', { name: key.comment || key.algorithm }));
    } catch (error) {
      this.toasts.failed(this.messages.title(toProblem(error)));
    }
    this.keys.reload();
  }
}
