import { Component, computed, inject, output, signal } from '@angular/core';
import { ProblemMessages, Session, toProblem, type Problem } from '@berth/web/data';
import { Field, FieldControl, Formats } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { Catalogue } from '../data/catalogue';
import type { Site } from '../data/resource';
import { ZoneInput } from './zone-input';

/** A new site in three answers. */
@Component({
  selector: 'berth-new-site',
  imports: [Field, FieldControl, TranslatePipe, ZoneInput],
  host: { class: 'card' },
  template: `
    <berth-field class="name" [label]="'admin.place.siteName' | translate" [error]="errorOf('name')">
      <input #name berthControl autocomplete="off" maxlength="200" [value]="draft().name" (input)="set({ name: name.value })" />
    </berth-field>
    <berth-field [label]="'admin.place.country' | translate" [hint]="country()" [error]="errorOf('countryCode')">
      <input
        #code
        berthControl
        class="code"
        autocomplete="country"
        maxlength="2"
        spellcheck="false"
        [value]="draft().countryCode"
        (input)="set({ countryCode: code.value.toUpperCase() })"
      />
    </berth-field>
    <berth-field [label]="'admin.field.timeZone' | translate" [error]="errorOf('timeZone')">
      <berth-zone-input [value]="draft().timeZone" (changed)="set({ timeZone: $event })" />
    </berth-field>
    @if (general(); as message) {
      <p class="error" role="alert">{{ message }}</p>
    }
    <div class="acts">
      <button type="button" class="btn small" (click)="cancelled.emit()">{{ 'admin.cancel' | translate }}</button>
      <button type="button" class="btn small accent" [disabled]="!isComplete()" (click)="add()">
        {{ 'admin.place.addSite' | translate }}
      </button>
    </div>
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: 96px minmax(0, 1fr);
      gap: 12px;
      padding: 12px;
      background: var(--canvas);
    }
    .name,
    .acts,
    .error {
      grid-column: 1 / -1;
    }
    .name input {
      width: 100%;
    }
    .code {
      width: 64px;
    }
    .acts {
      display: flex;
      justify-content: flex-end;
      gap: 8px;
    }
    .error {
      font-size: 13px;
      color: var(--danger);
    }
  `,
})
export class NewSite {
  private readonly catalogue = inject(Catalogue);
  private readonly messages = inject(ProblemMessages);
  private readonly formats = inject(Formats);

  readonly added = output<Site>();
  readonly cancelled = output();

  protected readonly draft = signal({
    name: '',
    countryCode: new Intl.Locale(navigator.language).region ?? '',
    timeZone: inject(Session).user()?.organization.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
  });
  private readonly problem = signal<Problem | null>(null);
  protected readonly isComplete = computed(() => this.draft().name.trim() !== '' && /^[A-Z]{2}$/.test(this.draft().countryCode));
  protected readonly country = computed(() => {
    const code = this.draft().countryCode;
    if (!/^[A-Z]{2}$/.test(code)) return null;
    const name = new Intl.DisplayNames([this.formats.language()], { type: 'region' }).of(code);
    return name === code ? null : (name ?? null);
  });
  protected readonly general = computed(() => {
    const problem = this.problem();
    return problem === null || problem.errors.length > 0 ? null : this.messages.title(problem);
  });

  protected set(patch: Partial<{ name: string; countryCode: string; timeZone: string }>): void {
    this.draft.update((it) => ({ ...it, ...patch }));
  }

  protected errorOf(field: string): string | null {
    const error = this.problem()?.errorOf(field);
    return error ? this.messages.field(error) : null;
  }

  protected async add(): Promise<void> {
    try {
      this.added.emit(await this.catalogue.addSite({ ...this.draft(), name: this.draft().name.trim() }));
    } catch (error) {
      this.problem.set(toProblem(error));
    }
  }
}
