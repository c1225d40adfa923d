import { Component, computed, inject, resource } from '@angular/core';
import { deviceName, ProblemMessages, toProblem } from '@berth/web/data';
import { Dialogs, ErrorPanel, Formats, Skeleton, Toasts } from '@berth/web/ui';
import { TranslatePipe, TranslateService } from '@ngx-translate/core';
import { AccountApi, type OwnSession, type SecondFactorState } from '../account-api';
import { LinkedSection } from './linked-section';
import { PasskeySection } from './passkey-section';
import { SecondFactorDialog, type SecondFactorTask } from './second-factor-dialog';

/** `/me/security`: the second factor, passkeys, and where one is signed in. */
@Component({
  selector: 'berth-security-page',
  imports: [ErrorPanel, LinkedSection, PasskeySection, Skeleton, TranslatePipe],
  templateUrl: './security-page.html',
  styleUrl: '../own-list.css',
})
export class SecurityPage {
  private readonly api = inject(AccountApi);
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly messages = inject(ProblemMessages);
  private readonly translate = inject(TranslateService);
  private readonly formats = inject(Formats);

  protected readonly state = resource({ loader: () => this.api.secondFactor() });
  protected readonly sessions = resource({ loader: () => this.api.sessions() });
  protected readonly failure = computed(() => {
    const error = this.state.error() ?? this.sessions.error();
    return error ? toProblem(error) : null;
  });
  protected readonly hasOthers = computed(() => this.sessions.hasValue() && this.sessions.value().some((it) => !it.current));

  protected device(session: OwnSession): string {
    return deviceName(session.userAgent) ?? String(this.translate.instant('profile.security.unknownDevice'));
  }

  protected moment(instant: string): string {
    const zone = this.formats.ownZone();
    return `${this.formats.date(instant, zone, 'medium')} ${this.formats.time(instant, zone)}`;
  }

  /** i18n: profile.security.offWithPasskey profile.security.requiredOff profile.security.off */
  protected offText({ passkeys, required }: SecondFactorState): string {
    if (passkeys > 0) return 'profile.security.offWithPasskey';
    return required ? 'profile.security.requiredOff' : 'profile.security.off';
  }

  protected retry(): void {
    this.state.reload();
    this.sessions.reload();
  }

  protected open(task: SecondFactorTask): void {
    this.dialogs.open(SecondFactorDialog, { data: task, staysOpen: true }).closed.subscribe(() => this.retry());
  }

  protected end(session: OwnSession): Promise<void> {
    return this.doAndTell(() => this.api.endSession(session.id), 'profile.security.ended');
  }

  protected endOthers(): Promise<void> {
    return this.doAndTell(() => this.api.endOtherSessions(), 'profile.security.othersEnded');
  }

  private async doAndTell(work: () => Promise<void>, done: string): Promise<void> {
    try {
      await work();
      this.toasts.done(this.translate.instant(done));
    } catch (error) {
      this.toasts.failed(this.messages.title(toProblem(error)));
    }
    this.sessions.reload();
  }
}
