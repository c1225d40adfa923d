import { Component, computed, inject, output, signal } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { SetupDraft, type StartData } from './setup-draft';
import { Icon, type IconName } from '@berth/web/ui';

const choices: readonly { readonly value: StartData; readonly icon: IconName }[] = [
  { value: 'demo', icon: 'sparkles' },
  { value: 'csv', icon: 'file-spreadsheet' },
  { value: 'blank', icon: 'square' },
];

/** What the console starts with. */
@Component({
  selector: 'berth-data-step',
  imports: [TranslatePipe, Icon],
  template: `
    <form id="setup-step" (submit)="submit($event)">
      <fieldset class="tiles one">
        <legend class="visually-hidden">{{ 'setup.step.data.title' | translate }}</legend>
        @for (choice of choices; track choice.value) {
          <label class="tile" [class.on]="chosen() === choice.value">
            <svg [berthIcon]="choice.icon" [size]="20"></svg>
            <span class="name">{{ 'setup.data.' + choice.value + '.name' | translate }}</span>
            <input type="radio" name="start-data" [checked]="chosen() === choice.value" (change)="choose(choice.value)" />
            <p>{{ 'setup.data.' + choice.value + '.text' | translate }}</p>
          </label>
        }
      </fieldset>
      @if (chosen() === 'csv') {
        <div class="file">
          <input
            #picker
            type="file"
            class="visually-hidden"
            tabindex="-1"
            accept=".csv,text/csv"
            [attr.aria-label]="'setup.chooseFile' | translate"
            (change)="draft.file.set(picker.files?.[0] ?? null)"
          />
          <button type="button" class="btn" (click)="picker.click()">{{ 'setup.chooseFile' | translate }}</button>
          <span class="muted" aria-live="polite">{{ draft.file()?.name ?? ('setup.noFile' | translate) }}</span>
        </div>
        <div role="alert">
          @if (fileMissing() && draft.file() === null) {
            <p class="note error">{{ 'setup.missing.file' | translate }}</p>
          }
        </div>
      }
    </form>
  `,
  styleUrl: './step.css',
})
export class DataStep {
  protected readonly draft = inject(SetupDraft);

  readonly done = output();

  protected readonly choices = choices;
  protected readonly chosen = computed(() => this.draft.answers().startData);
  protected readonly fileMissing = signal(false);

  protected choose(startData: StartData): void {
    this.draft.change({ startData });
  }

  protected submit(event: Event): void {
    event.preventDefault();
    this.fileMissing.set(this.chosen() === 'csv' && this.draft.file() === null);
    if (!this.fileMissing()) this.done.emit();
  }
}
