import { Component, computed, inject, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Icon } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { BookingWords } from '@berth/web/booking';
import { ImportDoor } from './import-door';
import { countsOf } from './import-report';
import { ImportState } from './import-state';

/** What the import did, and the way to what it brought. */
@Component({
  selector: 'berth-import-result',
  imports: [Icon, RouterLink, TranslatePipe],
  template: `
    <div class="wrap">
      <p class="lead" role="status">
        <svg berthIcon="circle-check" [size]="20"></svg>{{ words.count('import.done.', counts().create + counts().update) }}
      </p>
      <dl>
        @for (fact of facts(); track fact.name) {
          <div>
            <dd>{{ words.number(fact.count) }}</dd>
            <dt>{{ fact.name }}</dt>
          </div>
        }
      </dl>
      @if (news(); as line) {
        <p class="muted">{{ line }}</p>
      }
      @if (failedRows() > 0) {
        <div class="note">
          <svg berthIcon="triangle-alert"></svg>
          <span
            >{{ words.count('import.notTaken.', failedRows()) }}
            <button type="button" class="link" (click)="state.goOn()">{{ 'import.goOn' | translate }}</button></span
          >
        </div>
      }
      <div class="acts">
        <a class="btn primary" [routerLink]="link.path" [queryParams]="link.query" (click)="finished.emit()">{{
          words.text(door.texts + '.showList')
        }}</a>
        <button type="button" class="btn" (click)="state.startOver()">{{ 'import.another' | translate }}</button>
      </div>
    </div>
  `,
  styles: `
    :host {
      display: block;
      padding: 40px 20px;
    }
    .wrap {
      display: flex;
      flex-direction: column;
      gap: 20px;
      max-width: 560px;
      margin: 0 auto;
    }
    .lead {
      display: flex;
      align-items: center;
      gap: 8px;
      font-size: 20px;
      line-height: 28px;
      font-weight: 650;
    }
    .lead svg {
      color: var(--success);
    }
    dl {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(112px, 1fr));
      gap: 8px;
    }
    dl div {
      display: flex;
      flex-direction: column;
      padding: 10px 12px;
      border: 1px solid var(--line);
      border-radius: var(--radius-surface);
    }
    dd {
      margin: 0;
      font-size: 20px;
      line-height: 26px;
      font-weight: 650;
    }
    dt {
      font-size: 12px;
      line-height: 16px;
      color: var(--muted);
    }
    .note svg {
      flex: none;
      margin-top: 1px;
      color: var(--danger);
    }
    .acts {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
    }
  `,
})
export class ImportResult {
  protected readonly door = inject(ImportDoor);
  protected readonly words = inject(BookingWords);
  protected readonly state = inject(ImportState);

  readonly finished = output();

  protected readonly counts = computed(() => countsOf(this.state.result()!.rows));
  protected readonly failedRows = computed(() => this.counts().error);
  protected readonly facts = computed(() =>
    this.door.actions.map((it) => ({ name: this.words.text(`import.became.${it}`), count: this.counts()[it] })),
  );
  protected readonly news = computed(() => {
    const news = (this.state.result()!.news ?? []).filter((it) => it.names.length > 0);
    const what = this.words.list(news.map((it) => this.words.count(it.count, it.names.length)));
    return news.length === 0 ? null : this.words.text('import.addedThings', { what });
  });
  protected readonly link = this.door.link();
}
