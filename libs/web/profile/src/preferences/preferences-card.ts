import { Component, computed, inject, signal } from '@angular/core';
import {
  type DateOrder,
  type Density,
  type HourCycle,
  languageNames,
  languages,
  PreferencesStore,
  type Preferences,
  Sites,
  type Theme,
  themes,
} from '@berth/web/data';
import { Field, Formats, Select, type SelectOption } from '@berth/web/ui';
import { TranslatePipe, TranslateService } from '@ngx-translate/core';

// 2024-01-01 is a Monday; the days after it give the names of the week.
const monday = Date.UTC(2024, 0, 1, 12);
/** Minutes bookings commonly take. */
const LENGTHS = [15, 30, 45, 60, 90, 120, 180, 240, 480];

/** How the console looks and speaks; each choice counts and is kept at once. i18n: profile.theme.* profile.density.* profile.clock.* profile.dateOrder.* */
@Component({
  selector: 'berth-preferences-card',
  imports: [Field, Select, TranslatePipe],
  template: `
    <h2>{{ 'profile.preferences' | translate }}</h2>
    <div class="fields">
      <berth-field [label]="'profile.language' | translate">
        <berth-select
          [label]="'profile.language' | translate"
          [options]="languages"
          [value]="now().language"
          (chosen)="change({ language: $event })"
        />
      </berth-field>
      <berth-field [label]="'profile.zone' | translate">
        <berth-select
          [label]="'profile.zone' | translate"
          [options]="zones()"
          [value]="now().timeZone ?? ''"
          (chosen)="change({ timeZone: $event || null })"
        />
      </berth-field>
      <berth-field [label]="'profile.clockName' | translate">
        <berth-select
          [label]="'profile.clockName' | translate"
          [options]="clocks()"
          [value]="now().hourCycle"
          (chosen)="change({ hourCycle: $event })"
        />
      </berth-field>
      <berth-field [label]="'profile.dateOrderName' | translate">
        <berth-select
          [label]="'profile.dateOrderName' | translate"
          [options]="dateOrders()"
          [value]="now().dateOrder"
          (chosen)="change({ dateOrder: $event })"
        />
      </berth-field>
      <berth-field [label]="'profile.weekStart' | translate">
        <berth-select
          [label]="'profile.weekStart' | translate"
          [options]="days()"
          [value]="now().weekStart"
          (chosen)="change({ weekStart: $event })"
        />
      </berth-field>
      <berth-field [label]="'profile.themeName' | translate">
        <berth-select
          [label]="'profile.themeName' | translate"
          [options]="themes()"
          [value]="now().theme"
          (chosen)="change({ theme: $event })"
        />
      </berth-field>
      <berth-field [label]="'profile.densityName' | translate">
        <berth-select
          [label]="'profile.densityName' | translate"
          [options]="densities()"
          [value]="now().density"
          (chosen)="change({ density: $event })"
        />
      </berth-field>
      <berth-field [label]="'profile.site' | translate">
        <berth-select
          [label]="'profile.site' | translate"
          [options]="places()"
          [value]="now().defaultSiteId ?? ''"
          (chosen)="change({ defaultSiteId: $event || null })"
        />
      </berth-field>
      <berth-field [label]="'profile.usualLength' | translate">
        <berth-select
          [label]="'profile.usualLength' | translate"
          [options]="lengths()"
          [value]="now().defaultDurationMinutes"
          (chosen)="change({ defaultDurationMinutes: $event })"
        />
      </berth-field>
    </div>
    <label class="check">
      <input #keys type="checkbox" [checked]="now().shortcuts" (change)="change({ shortcuts: keys.checked })" />
      <span>{{ 'profile.shortcuts' | translate }}</span>
    </label>
    <p role="status" class="muted">{{ saved() ? ('profile.saved' | translate) : '' }}</p>
  `,
  styleUrl: './card.css',
  host: { class: 'card' },
})
export class PreferencesCard {
  private readonly store = inject(PreferencesStore);
  private readonly formats = inject(Formats);
  private readonly translate = inject(TranslateService);
  private readonly sites = inject(Sites);

  protected readonly now = this.store.value;
  protected readonly saved = signal(false);
  protected readonly languages = languages.map((value) => ({ value, label: languageNames[value] }));
  protected readonly zones = computed<SelectOption[]>(() => [
    { value: '', label: this.say('profile.zoneDevice') },
    ...Intl.supportedValuesOf('timeZone').map((value) => ({ value, label: value })),
  ]);
  protected readonly days = computed(() =>
    [1, 2, 3, 4, 5, 6, 7].map((value) => ({
      value,
      label: this.formats.format(monday + (value - 1) * 86_400_000, 'UTC', { weekday: 'long' }),
    })),
  );
  protected readonly clocks = computed(() => this.options<HourCycle>('profile.clock.', ['h23', 'h12']));
  protected readonly dateOrders = computed(() => this.options<DateOrder>('profile.dateOrder.', ['language', 'dmy', 'mdy', 'ymd']));
  /** With the present one, which may come from elsewhere. */
  protected readonly lengths = computed(() =>
    [...new Set([...LENGTHS, this.now().defaultDurationMinutes])]
      .sort((a, b) => a - b)
      .map((value) => ({ value, label: this.formats.duration(value * 60_000) })),
  );
  protected readonly themes = computed(() => this.options<Theme>('profile.theme.', themes));
  protected readonly densities = computed(() => this.options<Density>('profile.density.', ['comfortable', 'default', 'compact']));
  protected readonly places = computed<SelectOption[]>(() => [
    { value: '', label: this.say('profile.siteNone') },
    ...this.sites.all().map(({ id, name }) => ({ value: id, label: name })),
  ]);

  protected async change(patch: Partial<Preferences>): Promise<void> {
    this.saved.set(false);
    await this.store.change(patch);
    this.saved.set(true);
  }

  private options<T extends string>(prefix: string, values: readonly T[]): SelectOption<T>[] {
    return values.map((value) => ({ value, label: this.say(prefix + value) }));
  }

  private say(key: string): string {
    this.translate.currentLang();
    return String(this.translate.instant(key));
  }
}
