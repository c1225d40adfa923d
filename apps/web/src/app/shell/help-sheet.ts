import { Component, computed, inject } from '@angular/core';
import { PreferencesStore } from '@berth/web/data';
import { DialogFrame, Keys, type Shortcut } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';

/** Every key that works right now, and the switch that turns single keys off. */
@Component({
  selector: 'berth-help-sheet',
  imports: [TranslatePipe, DialogFrame],
  template: `
    <berth-dialog-frame [heading]="'help.title' | translate">
      <label class="check">
        <input type="checkbox" [checked]="preferences.shortcuts()" (change)="preferences.change({ shortcuts: !preferences.shortcuts() })" />
        {{ 'help.single' | translate }}
      </label>
      <div class="lists" [class.off]="!preferences.shortcuts()">
        @if (page().length > 0) {
          <section>
            <h3>{{ 'help.page' | translate }}</h3>
            <dl>
              @for (it of page(); track it.combo) {
                <div>
                  <dt>
                    @for (key of caps(it); track $index) {
                      <kbd>{{ key }}</kbd>
                    }
                  </dt>
                  <dd>{{ it.label | translate }}</dd>
                </div>
              }
            </dl>
          </section>
        }
        <section>
          <h3>{{ 'help.everywhere' | translate }}</h3>
          <dl>
            <div>
              <dt>
                <kbd>{{ commandKey }}</kbd>
              </dt>
              <dd>{{ 'help.palette' | translate }}</dd>
            </div>
            @for (it of everywhere(); track it.combo) {
              <div>
                <dt>
                  @for (key of caps(it); track $index) {
                    <kbd>{{ key }}</kbd>
                  }
                </dt>
                <dd>{{ it.label | translate }}</dd>
              </div>
            }
            <div>
              <dt><kbd>Esc</kbd></dt>
              <dd>{{ 'help.escape' | translate }}</dd>
            </div>
          </dl>
        </section>
      </div>
    </berth-dialog-frame>
  `,
  styles: `
    .lists {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(240px, 1fr));
      gap: 20px 32px;
      margin-top: 16px;
    }
    .lists.off {
      color: var(--muted);
    }
    h3 {
      margin-bottom: 6px;
    }
    dl > div {
      display: flex;
      align-items: baseline;
      gap: 10px;
      padding: 5px 0;
      border-bottom: var(--row-rule);
    }
    dt {
      display: flex;
      gap: 4px;
      min-width: 72px;
    }
    dd {
      flex: 1;
    }
  `,
})
export class HelpSheet {
  private readonly keys = inject(Keys);
  protected readonly preferences = inject(PreferencesStore);
  protected readonly commandKey = /Mac|iP(hone|ad)/.test(navigator.platform) ? '⌘ K' : 'Ctrl K';
  protected readonly page = computed(() => this.keys.shortcuts().filter((it) => it.group !== 'global'));
  protected readonly everywhere = computed(() => this.keys.shortcuts().filter((it) => it.group === 'global'));

  protected caps(shortcut: Shortcut): string[] {
    return shortcut.combo.split(' ').map((it) => (it.length === 1 ? it.toUpperCase() : it));
  }
}
