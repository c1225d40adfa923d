import { Component, computed, inject, resource, signal } from '@angular/core';
import { deviceName, ProblemMessages, toProblem } from '@berth/web/data';
import { ErrorPanel, Formats, Skeleton } from '@berth/web/ui';
import { TranslatePipe, TranslateService } from '@ngx-translate/core';
import { NotificationPreferencesApi, type PushSubscriptionEntry } from './notification-preferences-api';
import { PushDevice } from './push-device';

/** Browsers that show notifications while Berth is closed, and this one among them. i18n: profile.notifications.push.state.* */
@Component({
  selector: 'berth-push-card',
  imports: [ErrorPanel, Skeleton, TranslatePipe],
  host: { class: 'card' },
  template: `
    <h2>{{ 'profile.notifications.push.title' | translate }}</h2>
    @if (failure(); as problem) {
      <berth-error-panel [problem]="problem" (retry)="all.reload()" />
    } @else if (!all.hasValue()) {
      <berth-skeleton [rows]="1" [height]="44" />
    } @else {
      @let found = all.value();
      <p class="muted">{{ 'profile.notifications.push.state.' + found.state | translate }}</p>
      @if (refused(); as text) {
        <p class="note error" role="alert">{{ text }}</p>
      }
      @if (found.state === 'off') {
        <div>
          <button type="button" class="btn" [disabled]="busy()" (click)="turnOn()">
            {{ 'profile.notifications.push.turnOn' | translate }}
          </button>
        </div>
      }
      @if (found.browsers.length > 0) {
        <ul>
          @for (browser of found.browsers; track browser.id) {
            <li>
              <span class="what">
                <b>{{ nameOf(browser) }}</b>
                <span class="muted">
                  @if (browser.id === found.id) {
                    {{ 'profile.security.thisOne' | translate }} ·
                  }
                  {{ 'profile.notifications.push.since' | translate: { when: day(browser.createdAt) } }}
                </span>
              </span>
              <button
                type="button"
                class="btn small"
                [disabled]="busy()"
                [attr.aria-label]="'profile.notifications.push.removeOne' | translate: { device: nameOf(browser) }"
                (click)="remove(browser)"
              >
                {{ 'profile.notifications.push.remove' | translate }}
              </button>
            </li>
          }
        </ul>
      }
    }
  `,
  styleUrls: ['../preferences/card.css', '../own-list.css'],
  styles: `
    :host {
      max-width: none;
      gap: 10px;
    }
    li {
      padding-inline: 0;
    }
  `,
})
export class PushCard {
  private readonly api = inject(NotificationPreferencesApi);
  private readonly device = inject(PushDevice);
  private readonly messages = inject(ProblemMessages);
  private readonly translate = inject(TranslateService);
  private readonly formats = inject(Formats);

  protected readonly all = resource({ loader: () => this.load() });
  protected readonly failure = computed(() => (this.all.error() ? toProblem(this.all.error()) : null));
  protected readonly busy = signal(false);
  protected readonly refused = signal<string | null>(null);

  protected nameOf({ userAgent }: PushSubscriptionEntry): string {
    return deviceName(userAgent) ?? String(this.translate.instant('profile.security.unknownDevice'));
  }

  protected day(instant: string): string {
    return this.formats.date(instant, this.formats.ownZone(), 'medium');
  }

  protected turnOn(): Promise<void> {
    return this.act(async () => {
      const subscription = await this.device.turnOn(await this.api.pushKey());
      if (subscription === null) return;
      try {
        const { id } = await this.api.add(subscription);
        this.device.remember(subscription.endpoint ?? '', id);
      } catch (error) {
        // A browser the server does not know would be asked for in vain ever after.
        await this.device.turnOff();
        throw error;
      }
    });
  }

  protected remove(browser: PushSubscriptionEntry): Promise<void> {
    return this.act(async () => {
      if (browser.id === (await this.device.id())) await this.device.turnOff();
      await this.api.remove(browser.id);
    });
  }

  private async act(work: () => Promise<void>): Promise<void> {
    this.busy.set(true);
    this.refused.set(null);
    try {
      await work();
    } catch (error) {
      const isBrowsers = error instanceof DOMException;
      this.refused.set(
        isBrowsers ? String(this.translate.instant('profile.notifications.push.unreachable')) : this.messages.title(toProblem(error)),
      );
    } finally {
      this.busy.set(false);
      this.all.reload();
    }
  }

  private async load() {
    const [state, id, browsers] = await Promise.all([this.device.state(), this.device.id(), this.api.browsers()]);
    // Somebody else may have signed in here before, or it was turned off from elsewhere.
    const isOwn = browsers.some((it) => it.id === id);
    return { state: state === 'on' && !isOwn ? ('off' as const) : state, id, browsers };
  }
}
