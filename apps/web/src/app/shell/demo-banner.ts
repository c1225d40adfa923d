import { Component, computed, inject, signal } from '@angular/core';
import { DemoDataApi, ProblemMessages, Seconds, Session, startAnew, toProblem } from '@berth/web/data';
import { Dialogs, Formats, Icon, Toasts } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';

/** Says on every screen that it shows demo data, and lets administrators remove it; for a day after that, bring it back. */
@Component({
  selector: 'berth-demo-banner',
  imports: [Icon, TranslatePipe],
  template: `
    @if (isDemo()) {
      <aside [attr.aria-label]="'demo.label' | translate">
        <svg berthIcon="info"></svg>
        <p>
          <b>{{ 'demo.label' | translate }}</b> <span class="more">{{ 'demo.text' | translate }}</span>
        </p>
        @if (mayRemove()) {
          <button type="button" class="btn small" (click)="ask()">{{ 'demo.remove' | translate }}</button>
        }
      </aside>
    } @else if (undoUntil(); as until) {
      <aside [attr.aria-label]="'demo.removedLabel' | translate">
        <svg berthIcon="circle-check"></svg>
        <p>
          <b>{{ 'demo.removedLabel' | translate }}</b> <span>{{ 'demo.removedText' | translate: { until } }}</span>
        </p>
        <button type="button" class="btn small" [disabled]="busy()" (click)="undo()">
          <svg berthIcon="undo-2"></svg>{{ 'demo.undo' | translate }}
        </button>
      </aside>
    }
  `,
  styleUrl: './banner.css',
  styles: `
    aside {
      background: var(--accent-soft);
    }
    aside > svg {
      color: var(--accent);
    }
    b {
      font-weight: 550;
    }
    @media (max-width: 719px) {
      .more {
        display: none;
      }
    }
  `,
})
export class DemoBanner {
  private readonly session = inject(Session);
  private readonly api = inject(DemoDataApi);
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly messages = inject(ProblemMessages);
  private readonly formats = inject(Formats);
  private readonly seconds = inject(Seconds);
  private readonly startAnew = inject(startAnew);

  protected readonly busy = signal(false);
  protected readonly isDemo = computed(() => this.session.user()?.organization.demo ?? false);
  protected readonly mayRemove = computed(() => this.session.may('organization:manage'));
  /** The moment in words; null when nothing can come back, and for those who cannot bring it back. */
  protected readonly undoUntil = computed(() => {
    const until = this.session.user()?.organization.demoUndoUntil ?? null;
    if (until === null || !this.mayRemove() || Date.parse(until) <= this.seconds.now()) return null;
    const zone = this.formats.ownZone();
    return `${this.formats.date(until, zone)}, ${this.formats.time(until, zone)}`;
  });

  protected async ask(): Promise<void> {
    const { RemoveDemoDialog } = await import('./remove-demo-dialog');
    this.dialogs.open(RemoveDemoDialog, { size: 'narrow' });
  }

  protected async undo(): Promise<void> {
    this.busy.set(true);
    try {
      await this.api.restore();
      this.startAnew();
    } catch (error) {
      const problem = toProblem(error);
      this.toasts.failed([this.messages.title(problem), problem.body?.detail].filter(Boolean).join(' – '));
      this.busy.set(false);
    }
  }
}
