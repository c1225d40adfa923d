import { Component, computed, inject } from '@angular/core';
import type { NotificationKind } from '@berth/web/data';
import { ErrorPanel, Segments, Skeleton, Toasts, type Choice } from '@berth/web/ui';
import { TranslatePipe, TranslateService } from '@ngx-translate/core';
import { KindsMatrix } from './kinds-matrix';
import { toggled, type Channel, type NotificationPreferences, type Preset } from './notification-preferences';
import { OwnPreferences } from './own-preferences';
import { PushCard } from './push-card';
import { WhenCard } from './when-card';

/** `/me/notifications`: what one is told, in which way and when. i18n: profile.notifications.preset.* profile.notifications.presetWhy.* */
@Component({
  selector: 'berth-notification-settings-page',
  imports: [ErrorPanel, KindsMatrix, PushCard, Segments, Skeleton, TranslatePipe, WhenCard],
  providers: [OwnPreferences],
  template: `
    <h1>{{ 'profile.notifications.title' | translate }}</h1>
    @if (own.problem(); as problem) {
      <berth-error-panel [problem]="problem" (retry)="own.load()" />
    } @else {
      @if (own.value(); as it) {
        <section class="card">
          <h2>{{ 'profile.notifications.what' | translate }}</h2>
          <div class="presets">
            <berth-segments
              [label]="'profile.notifications.presets' | translate"
              [choices]="presets()"
              [value]="it.preset"
              (valueChange)="setPreset($event)"
            />
            <span class="muted">{{ 'profile.notifications.presetWhy.' + it.preset | translate }}</span>
            <span role="status" class="muted">{{ own.saved() === 'matrix' ? ('profile.saved' | translate) : '' }}</span>
          </div>
          <berth-kinds-matrix [matrix]="it.matrix" (toggled)="toggle($event.kind, $event.channel)" />
        </section>
        <berth-when-card />
      } @else {
        <berth-skeleton [rows]="8" [height]="36" />
      }
      <berth-push-card />
    }
  `,
  styleUrl: '../preferences/card.css',
  styles: `
    :host {
      gap: 16px;
      max-width: 820px;
      padding: 0;
    }
    section {
      display: grid;
      gap: 12px;
      padding: 16px 20px;
    }
    .presets {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px 12px;
    }
    @media (max-width: 719px) {
      section {
        padding: 14px 12px;
      }
    }
  `,
})
export class NotificationSettingsPage {
  private readonly translate = inject(TranslateService);
  private readonly toasts = inject(Toasts);
  protected readonly own = inject(OwnPreferences);

  protected readonly presets = computed<Choice<Preset>[]>(() => {
    this.translate.currentLang();
    return (['quiet', 'normal', 'everything', 'own'] as const).map((value) => ({
      value,
      label: String(this.translate.instant(`profile.notifications.preset.${value}`)),
    }));
  });

  protected toggle(kind: NotificationKind, channel: Channel): void {
    void this.own.change('matrix', (it) => toggled(it, kind, channel));
  }

  /** What was chosen one by one is not lost with one press. */
  protected async setPreset(preset: Preset): Promise<void> {
    const before = this.own.value();
    if (before === null || before.preset === preset) return;
    await this.own.change('matrix', (it) => ({ ...it, preset }));
    if (before.preset !== 'own' || this.own.value()?.preset !== preset) return;
    const text = String(this.translate.instant('profile.notifications.presetTaken'));
    this.toasts.undoable(text, () =>
      this.own.change('matrix', (it): NotificationPreferences => ({ ...it, preset: 'own', matrix: before.matrix })),
    );
  }
}
