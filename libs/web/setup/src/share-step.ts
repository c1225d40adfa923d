import { Component, computed, inject, output } from '@angular/core';
import { resourceKinds, type ResourceKind } from '@berth/web/data';
import { TranslatePipe } from '@ngx-translate/core';
import { SetupDraft } from './setup-draft';
import { Icon, type IconName } from '@berth/web/ui';

const icons: Readonly<Record<ResourceKind, IconName>> = {
  room: 'door-open',
  desk: 'lamp-desk',
  lab: 'flask-conical',
  server: 'server',
  vehicle: 'car-front',
  other: 'box',
};

/** What the type of each kind allows from the start; the server has the same values in its set-up. */
const rules: Readonly<Record<ResourceKind, readonly string[]>> = {
  room: ['slots15', 'max12h'],
  desk: ['slots30', 'ahead14d'],
  lab: ['slots30', 'buffer15'],
  server: ['slots60', 'max30d', 'anyHour'],
  vehicle: ['slots30', 'max14d', 'anyHour'],
  other: [],
};

/** Tiles of what may be shared; each says which rules it brings. */
@Component({
  selector: 'berth-share-step',
  imports: [TranslatePipe, Icon],
  template: `
    <form id="setup-step" (submit)="submit($event)">
      <fieldset class="tiles">
        <legend class="visually-hidden">{{ 'setup.step.share.title' | translate }}</legend>
        @for (kind of kinds; track kind) {
          <label class="tile" [class.on]="chosen().includes(kind)">
            <svg [berthIcon]="icons[kind]" [size]="20"></svg>
            <span class="name">{{ 'setup.kind.' + kind + '.name' | translate }}</span>
            <input type="checkbox" [checked]="chosen().includes(kind)" (change)="toggle(kind)" />
            <p>{{ 'setup.kind.' + kind + '.text' | translate }}</p>
            @if (chosen().includes(kind) && rules[kind].length > 0) {
              <span class="rules">
                @for (rule of rules[kind]; track rule) {
                  <span class="chip small">{{ 'setup.rule.' + rule | translate }}</span>
                }
              </span>
            }
          </label>
        }
      </fieldset>
      <p class="plain">
        <svg berthIcon="info"></svg><span>{{ (chosen().length === 0 ? 'setup.kindsNone' : 'setup.kindsNote') | translate }}</span>
      </p>
    </form>
  `,
  styleUrl: './step.css',
})
export class ShareStep {
  private readonly draft = inject(SetupDraft);

  readonly done = output();

  protected readonly kinds = resourceKinds;
  protected readonly icons = icons;
  protected readonly rules = rules;
  protected readonly chosen = computed(() => this.draft.answers().kinds);

  protected toggle(kind: ResourceKind): void {
    const chosen = this.chosen();
    this.draft.change({ kinds: resourceKinds.filter((it) => (it === kind ? !chosen.includes(kind) : chosen.includes(it))) });
  }

  protected submit(event: Event): void {
    event.preventDefault();
    this.done.emit();
  }
}
