import { Component, computed, inject } from '@angular/core';
import { PreferencesStore } from '@berth/web/data';
import { Field, FieldControl, Formats, Select, type SelectOption } from '@berth/web/ui';
import { TranslatePipe, TranslateService } from '@ngx-translate/core';
import { MOST_LEADS, withLead, type Digest, type QuietHours } from './notification-preferences';
import { OwnPreferences } from './own-preferences';

/** Minutes before a booking people commonly want to hear of it. */
const LEADS = [5, 15, 30, 60, 120, 1440];
const USUAL_NIGHT = { from: '22:00', to: '07:00' };

/** When one is told: reminders, quiet hours, and several things in one letter. i18n: profile.notifications.digest.* */
@Component({
  selector: 'berth-when-card',
  imports: [Field, FieldControl, Select, TranslatePipe],
  host: { class: 'card' },
  template: `
    @if (own.value(); as it) {
      <h2>{{ 'profile.notifications.when' | translate }}</h2>
      <fieldset>
        <legend>{{ 'profile.notifications.leads' | translate }}</legend>
        <div class="chips">
          @for (minutes of leads(); track minutes) {
            @let isOn = it.reminderLeadMinutes.includes(minutes);
            <button
              type="button"
              class="chip"
              [attr.aria-pressed]="isOn"
              [disabled]="!isOn && it.reminderLeadMinutes.length >= mostLeads"
              (click)="toggleLead(minutes)"
            >
              {{ 'profile.notifications.before' | translate: { length: formats.duration(minutes * 60000) } }}
            </button>
          }
        </div>
        <p class="hint">{{ 'profile.notifications.leadsHint' | translate }} {{ savedText('leads') }}</p>
      </fieldset>
      <div class="quiet">
        <label class="check">
          <input #quiet type="checkbox" [checked]="it.quietHours !== null" (change)="setQuiet(quiet.checked ? night() : null)" />
          <span>{{ 'profile.notifications.quiet' | translate }}</span>
        </label>
        @if (it.quietHours; as hours) {
          <div class="times">
            <berth-field [label]="'profile.notifications.from' | translate">
              <input
                #from
                berthControl
                type="time"
                name="quiet-from"
                required
                [value]="hours.from"
                (change)="changeQuiet({ from: from.value })"
              />
            </berth-field>
            <berth-field [label]="'profile.notifications.to' | translate">
              <input #to berthControl type="time" name="quiet-to" required [value]="hours.to" (change)="changeQuiet({ to: to.value })" />
            </berth-field>
          </div>
        }
        <p class="hint">
          {{ 'profile.notifications.quietHint' | translate: { zone: (it.quietHours?.timeZone ?? zone()).replaceAll('_', ' ') } }}
          {{ savedText('quiet') }}
        </p>
      </div>
      <div class="times">
        <berth-field [label]="'profile.notifications.digestName' | translate">
          <berth-select
            [label]="'profile.notifications.digestName' | translate"
            [options]="digests()"
            [value]="it.digest"
            (chosen)="setDigest($event)"
          />
        </berth-field>
        @if (it.digest !== 'off') {
          <berth-field [label]="'profile.notifications.digestAt' | translate">
            <input #at berthControl type="time" name="digest-at" required [value]="it.digestAt" (change)="setDigestAt(at.value)" />
          </berth-field>
        }
      </div>
      <p class="hint">{{ 'profile.notifications.digestHint' | translate }} {{ savedText('digest') }}</p>
      <p role="status" class="visually-hidden">{{ savedText('leads') || savedText('quiet') || savedText('digest') }}</p>
    }
  `,
  styleUrl: '../preferences/card.css',
  styles: `
    legend {
      margin-bottom: 6px;
      font-size: 13px;
      line-height: 16px;
      color: var(--muted);
    }
    .chips,
    .times {
      display: flex;
      flex-wrap: wrap;
      gap: 8px 14px;
    }
    .chips {
      gap: 6px;
    }
    .quiet {
      display: grid;
      gap: 8px;
    }
    .hint {
      margin-top: 6px;
      font-size: 12px;
      line-height: 16px;
      color: var(--muted);
    }
    .chip:disabled {
      background: var(--closed);
      color: var(--muted);
    }
  `,
})
export class WhenCard {
  private readonly translate = inject(TranslateService);
  protected readonly own = inject(OwnPreferences);
  protected readonly formats = inject(Formats);
  protected readonly zone = inject(PreferencesStore).timeZone;

  protected readonly mostLeads = MOST_LEADS;
  /** With those that come from elsewhere. */
  protected readonly leads = computed(() =>
    [...new Set([...LEADS, ...(this.own.value()?.reminderLeadMinutes ?? [])])].sort((a, b) => a - b),
  );
  protected readonly digests = computed<SelectOption<Digest>[]>(() =>
    (['off', 'daily', 'weekly'] as const).map((value) => ({ value, label: this.say(`profile.notifications.digest.${value}`) })),
  );

  protected savedText(field: string): string {
    return this.own.saved() === field ? this.say('profile.saved') : '';
  }

  protected night(): QuietHours {
    return { ...USUAL_NIGHT, timeZone: this.zone() };
  }

  protected toggleLead(minutes: number): void {
    void this.own.change('leads', (it) => ({ ...it, reminderLeadMinutes: withLead(it.reminderLeadMinutes, minutes) }));
  }

  protected setQuiet(quietHours: QuietHours | null): void {
    void this.own.change('quiet', (it) => ({ ...it, quietHours }));
  }

  /** A time that is not whole yet is no choice. */
  protected changeQuiet(patch: Partial<QuietHours>): void {
    if (Object.values(patch).includes('')) return;
    void this.own.change('quiet', (it) => ({ ...it, quietHours: { ...(it.quietHours ?? this.night()), ...patch, timeZone: this.zone() } }));
  }

  protected setDigest(digest: Digest): void {
    void this.own.change('digest', (it) => ({ ...it, digest }));
  }

  protected setDigestAt(digestAt: string): void {
    if (digestAt !== '') void this.own.change('digest', (it) => ({ ...it, digestAt }));
  }

  private say(key: string): string {
    this.translate.currentLang();
    return String(this.translate.instant(key));
  }
}
