import { Component, DestroyRef, computed, inject } from '@angular/core';
import { Jobs, Session } from '@berth/web/data';
import { TranslatePipe } from '@ngx-translate/core';

/** Says on every screen how far long work is, whichever window it was begun in. i18n: shell.job.kind.* */
@Component({
  selector: 'berth-job-chip',
  imports: [TranslatePipe],
  template: `
    @if (shown(); as it) {
      <span class="chip">
        <progress [max]="it.total" [value]="it.done" [attr.aria-label]="'shell.job.kind.' + it.kind | translate"></progress>
        <span class="not-phone">{{ 'shell.job.kind.' + it.kind | translate }}</span>
        <span class="count">{{ 'shell.job.count' | translate: it }}</span>
      </span>
    }
  `,
  styles: `
    :host {
      flex: none;
    }
    progress {
      width: 48px;
      height: 6px;
      accent-color: var(--accent);
    }
    .count {
      font-variant-numeric: tabular-nums;
    }
    @media (max-width: 719px) {
      .chip {
        padding-inline: 8px;
        font-size: 12px;
      }
      progress {
        width: 24px;
      }
    }
  `,
})
export class JobChip {
  private readonly jobs = inject(Jobs);

  /** One at a time; the next has its turn when that is over. */
  protected readonly shown = computed(() => {
    const [first] = this.jobs.running();
    return first ? { kind: first.kind, ...first.progress } : null;
  });

  constructor() {
    if (inject(Session).may('reservation:read')) inject(DestroyRef).onDestroy(this.jobs.attend());
  }
}
