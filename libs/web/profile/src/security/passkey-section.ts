import { Component, computed, inject, output, resource } from '@angular/core';
import { Passkeys, toProblem } from '@berth/web/data';
import { Dialogs, ErrorPanel, Formats, Skeleton } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AccountApi, type OwnPasskey } from '../account-api';
import { AddPasskeyDialog } from './add-passkey-dialog';
import { RemovePasskeyDialog } from './remove-passkey-dialog';
import { RenamePasskeyDialog } from './rename-passkey-dialog';

/** One's own passkeys: which there are and when each was used last, another one, another name, one less. */
@Component({
  selector: 'berth-passkey-section',
  imports: [ErrorPanel, Skeleton, TranslatePipe],
  template: `
    <section aria-labelledby="passkeys">
      <h2 id="passkeys">{{ 'profile.passkeys.title' | translate }}</h2>
      <p class="muted">{{ 'profile.passkeys.about' | translate }}</p>
      @if (failure(); as problem) {
        <berth-error-panel [problem]="problem" (retry)="passkeys.reload()" />
      } @else if (passkeys.hasValue()) {
        @if (passkeys.value().data.length > 0) {
          <div class="card">
            <ul>
              @for (it of passkeys.value().data; track it.id) {
                <li>
                  <div class="what">
                    <b>{{ it.name }}</b>
                    <span class="muted">
                      {{ 'profile.passkeys.added' | translate: { when: day(it.createdAt) } }} ·
                      @if (it.lastUsedAt === null) {
                        {{ 'profile.passkeys.neverUsed' | translate }}
                      } @else {
                        {{ 'profile.passkeys.lastUsed' | translate: { when: moment(it.lastUsedAt) } }}
                      }
                      @if (it.backedUp) {
                        · {{ 'profile.passkeys.backedUp' | translate }}
                      }
                    </span>
                    @if (!it.usable) {
                      <span>{{ 'profile.passkeys.otherAddress' | translate }}</span>
                    }
                  </div>
                  <div class="verbs">
                    <button
                      type="button"
                      class="btn small"
                      [attr.aria-label]="'profile.passkeys.renameOne' | translate: { name: it.name }"
                      (click)="rename(it)"
                    >
                      {{ 'profile.passkeys.rename' | translate }}
                    </button>
                    <button
                      type="button"
                      class="btn small danger"
                      [attr.aria-label]="'profile.passkeys.removeOne' | translate: { name: it.name }"
                      (click)="remove(it)"
                    >
                      {{ 'profile.passkeys.remove' | translate }}
                    </button>
                  </div>
                </li>
              }
            </ul>
          </div>
        }
        @if (!passkeys.value().available) {
          <p>{{ 'profile.passkeys.unavailable' | translate }}</p>
        } @else if (supported) {
          <div class="verbs">
            <button type="button" class="btn" (click)="add()">{{ 'profile.passkeys.add' | translate }}</button>
          </div>
        } @else {
          <p>{{ 'profile.passkeys.unsupported' | translate }}</p>
        }
      } @else {
        <berth-skeleton [rows]="1" [height]="60" />
      }
    </section>
  `,
  styleUrl: '../own-list.css',
})
export class PasskeySection {
  private readonly api = inject(AccountApi);
  private readonly dialogs = inject(Dialogs);
  private readonly formats = inject(Formats);

  /** Something changed that the second factor depends on. */
  readonly changed = output();

  protected readonly supported = inject(Passkeys).supported;
  protected readonly passkeys = resource({ loader: () => this.api.passkeys() });
  protected readonly failure = computed(() => (this.passkeys.error() ? toProblem(this.passkeys.error()) : null));

  protected day(instant: string): string {
    return this.formats.date(instant, this.formats.ownZone(), 'medium');
  }

  protected moment(instant: string): string {
    return `${this.day(instant)} ${this.formats.time(instant, this.formats.ownZone())}`;
  }

  protected add(): void {
    this.dialogs.open(AddPasskeyDialog, { staysOpen: true }).closed.subscribe(() => this.lookAgain());
  }

  protected rename(passkey: OwnPasskey): void {
    this.dialogs.open(RenamePasskeyDialog, { data: passkey }).closed.subscribe(() => this.lookAgain());
  }

  protected remove(passkey: OwnPasskey): void {
    this.dialogs.open(RemovePasskeyDialog, { data: passkey }).closed.subscribe(() => this.lookAgain());
  }

  private lookAgain(): void {
    this.passkeys.reload();
    this.changed.emit();
  }
}
