import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Session } from '@berth/web/data';
import { ErrorPanel, Skeleton } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AuditApi } from '../audit-api';
import { EventList } from './event-list';
import { eventPages } from './event-pages';

const ROWS = 20;

/** What happened to one thing, for who looks after it: `<berth-history object="resources" [objectId]="id" />`. */
@Component({
  selector: 'berth-history',
  imports: [ErrorPanel, EventList, RouterLink, Skeleton, TranslatePipe],
  template: `
    @if (pages.problem(); as problem) {
      @if (problem.status === 403) {
        <p class="muted">{{ 'audit.mayNot' | translate }}</p>
      } @else {
        <berth-error-panel [problem]="problem" (retry)="pages.retry()" />
      }
    } @else if (pages.isFirstLoad()) {
      <berth-skeleton [rows]="4" [height]="40" />
    } @else if (pages.rows().length === 0) {
      <p class="muted">{{ 'audit.unwritten' | translate }}</p>
    }
    <berth-event-list [entries]="pages.rows()" />
    <div class="acts">
      @if (pages.hasMore()) {
        <button type="button" class="btn small" [disabled]="pages.isLoadingMore()" (click)="pages.more()">
          {{ 'audit.more' | translate }}
        </button>
      }
      @if (mayReadLog()) {
        <a class="link" routerLink="/admin/audit" [queryParams]="asked()">{{ 'audit.inLog' | translate }}</a>
      }
    </div>
  `,
  styles: `
    :host {
      display: grid;
      gap: 10px;
      min-width: 0;
    }
    p {
      margin: 0;
    }
    .acts {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px 16px;
    }
  `,
})
export class AuditHistory {
  private readonly api = inject(AuditApi);
  private readonly session = inject(Session);

  /** Kind of the thing, as `resources`. */
  readonly object = input.required<string>();
  readonly objectId = input.required<string>();

  protected readonly asked = computed(() => ({ object: this.object(), objectId: this.objectId() }), {
    equal: (a, b) => a.object === b.object && a.objectId === b.objectId,
  });
  protected readonly pages = eventPages(this.asked, (asked, cursor) => this.api.rows(asked, cursor, ROWS));
  protected readonly mayReadLog = computed(() => this.session.may('audit:read'));
}
