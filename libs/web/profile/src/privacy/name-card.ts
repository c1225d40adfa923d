import { Component, computed, inject, signal } from '@angular/core';
import { nameAudiences, type NameAudience, PreferencesStore, ProblemMessages, toProblem } from '@berth/web/data';
import { Field, Select } from '@berth/web/ui';
import { TranslatePipe, TranslateService } from '@ngx-translate/core';

/** Who reads one's name on what one booked. i18n: profile.name.audience.* profile.name.about.* */
@Component({
  selector: 'berth-name-card',
  imports: [Field, Select, TranslatePipe],
  template: `
    <h2>{{ 'profile.name.title' | translate }}</h2>
    <berth-field [label]="'profile.name.label' | translate" [error]="error()">
      <berth-select [label]="'profile.name.label' | translate" [options]="audiences()" [value]="chosen()" (chosen)="choose($event)" />
    </berth-field>
    <p>{{ 'profile.name.about.' + chosen() | translate }}</p>
    <p class="muted">{{ 'profile.name.always' | translate }}</p>
    <p role="status" class="muted">{{ saved() ? ('profile.saved' | translate) : '' }}</p>
  `,
  styles: `
    :host {
      display: grid;
      gap: 12px;
      padding: 16px 20px;
    }
    h2,
    p {
      margin: 0;
    }
  `,
  host: { class: 'card' },
})
export class NameCard {
  private readonly preferences = inject(PreferencesStore);
  private readonly messages = inject(ProblemMessages);
  private readonly translate = inject(TranslateService);

  protected readonly chosen = computed(() => this.preferences.value().nameShownTo);
  protected readonly saved = signal(false);
  protected readonly error = signal<string | null>(null);
  protected readonly audiences = computed(() => {
    this.translate.currentLang();
    return nameAudiences.map((value) => ({ value, label: String(this.translate.instant(`profile.name.audience.${value}`)) }));
  });

  /** What was not kept is not shown as chosen: others would still read the name. */
  protected async choose(nameShownTo: NameAudience): Promise<void> {
    const before = this.chosen();
    this.saved.set(false);
    this.error.set(null);
    try {
      await this.preferences.change({ nameShownTo });
      this.saved.set(true);
    } catch (error) {
      await this.preferences.adopt({ nameShownTo: before });
      this.error.set(this.messages.title(toProblem(error)));
    }
  }
}
