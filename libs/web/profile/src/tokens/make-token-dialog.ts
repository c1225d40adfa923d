import { DialogRef } from '@angular/cdk/dialog';
import { Component, computed, inject, signal } from '@angular/core';
import { scopesInPlaces, tokenScopes } from '@berth/contracts';
import { PlacesField, type Places } from '@berth/web/booking';
import { ProblemMessages, Session, toProblem } from '@berth/web/data';
import { CodesToKeep, DialogFrame, Field, FieldControl } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AccountApi } from '../account-api';

const lifetimes = [30, 90, 180, 366] as const;

/** Makes a token: a name, how long it is good, and which of one's own rights it has. Its text is shown this once. */
@Component({
  selector: 'berth-make-token-dialog',
  imports: [CodesToKeep, DialogFrame, Field, FieldControl, PlacesField, TranslatePipe],
  template: `
    <form (submit)="submit($event, name.value, days.value, rate.value)" novalidate>
      <berth-dialog-frame [heading]="'profile.tokens.make' | translate">
        @if (made(); as text) {
          <div class="stack">
            <p>{{ 'profile.tokens.shownOnce' | translate }}</p>
            <berth-codes-to-keep [codes]="[text]" fileName="berth-token" />
          </div>
        }
        <div class="stack" [hidden]="made() !== null">
          <berth-field [label]="'profile.tokens.name' | translate" [error]="failure()">
            <input #name berthControl name="name" autocomplete="off" maxlength="100" />
          </berth-field>
          <berth-field [label]="'profile.tokens.lifetime' | translate">
            <select #days berthControl name="days">
              @for (it of lifetimes; track it) {
                <option [value]="it">{{ 'profile.tokens.days' | translate: { count: it } }}</option>
              }
            </select>
          </berth-field>
          <berth-field [label]="'profile.tokens.perMinute' | translate" [hint]="'profile.tokens.perMinuteHint' | translate">
            <input #rate berthControl name="perMinute" type="number" min="10" max="1000000" inputmode="numeric" />
          </berth-field>
          <berth-places-field [(value)]="places" />
          <fieldset>
            <legend>{{ 'profile.tokens.scopes' | translate }}</legend>
            @for (scope of scopes(); track scope) {
              <label class="check">
                <input #box type="checkbox" [checked]="chosen().has(scope)" (change)="choose(scope, box.checked)" />
                <code>{{ scope }}</code>
              </label>
            }
          </fieldset>
        </div>
        <ng-container dialogActions>
          @if (made() === null) {
            <button type="button" class="btn quiet" (click)="ref.close()">{{ 'profile.cancel' | translate }}</button>
            <button type="submit" class="btn primary" [disabled]="busy() || wanted().length === 0 || namesNoPlace()">
              {{ 'profile.tokens.make' | translate }}
            </button>
          } @else {
            <button type="button" class="btn primary" (click)="ref.close()">{{ 'profile.tokens.kept' | translate }}</button>
          }
        </ng-container>
      </berth-dialog-frame>
    </form>
  `,
  styles: `
    fieldset {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(200px, 1fr));
      gap: 2px 12px;
      margin: 0;
      padding: 0;
      border: 0;
    }
    legend {
      padding: 0 0 4px;
      font-size: 13px;
      line-height: 16px;
      color: var(--muted);
    }
  `,
})
export class MakeTokenDialog {
  private readonly api = inject(AccountApi);
  private readonly session = inject(Session);
  private readonly messages = inject(ProblemMessages);
  protected readonly ref = inject<DialogRef>(DialogRef);
  protected readonly lifetimes = lifetimes;

  /** null is wherever one may do something oneself. */
  protected readonly places = signal<Places | null>(null);
  /** Rights one holds and such a token can have. */
  protected readonly scopes = computed(() =>
    tokenScopes.filter((it) => this.session.may(it) && (this.places() === null || scopesInPlaces.has(it))),
  );
  protected readonly wanted = computed(() => this.scopes().filter((it) => this.chosen().has(it)));
  protected readonly namesNoPlace = computed(() => {
    const places = this.places();
    return places !== null && places.siteIds.length + places.resourceIds.length === 0;
  });
  protected readonly chosen = signal<ReadonlySet<string>>(new Set());
  protected readonly made = signal<string | null>(null);
  protected readonly failure = signal<string | null>(null);
  protected readonly busy = signal(false);

  protected choose(scope: string, isChosen: boolean): void {
    this.chosen.update((it) => new Set([...it].filter((other) => other !== scope).concat(isChosen ? [scope] : [])));
  }

  protected async submit(event: Event, name: string, days: string, rate: string): Promise<void> {
    event.preventDefault();
    if (this.busy() || this.wanted().length === 0 || this.namesNoPlace() || this.made() !== null) return;
    this.busy.set(true);
    this.failure.set(null);
    try {
      const perMinute = rate === '' ? null : Number(rate);
      const wanted = { name: name.trim(), scopes: this.wanted(), expiresInDays: Number(days), perMinute, places: this.places() };
      this.made.set((await this.api.makeToken(wanted)).token);
    } catch (error) {
      this.failure.set(this.messages.title(toProblem(error)));
    } finally {
      this.busy.set(false);
    }
  }
}
