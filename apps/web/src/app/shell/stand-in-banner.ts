import { Component, computed, effect, inject, signal } from '@angular/core';
import { ProblemMessages, Seconds, Session, toProblem } from '@berth/web/data';
import { Icon, Toasts } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';

const MINUTE = 60_000;

/** Says on every screen as whom one acts, why and for how long, and stops it; by itself when the time is up. */
@Component({
  selector: 'berth-stand-in-banner',
  imports: [Icon, TranslatePipe],
  template: `
    @if (standIn(); as it) {
      <aside [attr.aria-label]="'standIn.label' | translate: { name: it.name }">
        <svg berthIcon="user-round"></svg>
        <p>
          <b>{{ 'standIn.label' | translate: { name: it.name } }}</b>
          <span class="reason" [title]="it.reason">– {{ it.reason }}</span>
          <span>– {{ 'standIn.left' | translate: { minutes: it.minutes } }}</span>
        </p>
        <button type="button" class="btn small" [disabled]="busy()" (click)="stop()">{{ 'standIn.stop' | translate }}</button>
      </aside>
    }
  `,
  styleUrl: './banner.css',
  styles: `
    aside {
      border-color: var(--pending-edge);
      background: var(--pending);
      color: var(--pending-ink);
    }
    p > * {
      min-width: 0;
      overflow-wrap: anywhere;
    }
    b {
      font-weight: 600;
    }
    .reason {
      display: -webkit-box;
      -webkit-box-orient: vertical;
      -webkit-line-clamp: 2;
      overflow: hidden;
    }
    @media (max-width: 719px) {
      .reason {
        -webkit-line-clamp: 1;
      }
    }
  `,
})
export class StandInBanner {
  private readonly session = inject(Session);
  private readonly toasts = inject(Toasts);
  private readonly messages = inject(ProblemMessages);
  private readonly seconds = inject(Seconds);

  protected readonly busy = signal(false);
  protected readonly standIn = computed(() => {
    const user = this.session.user();
    if (!user?.standIn) return null;
    const { reason, until } = user.standIn;
    return { name: user.displayName, reason, minutes: Math.max(0, Math.ceil((Date.parse(until) - this.seconds.now()) / MINUTE)) };
  });

  constructor() {
    const isOver = computed(() => this.standIn()?.minutes === 0);
    effect(() => {
      if (isOver()) void this.stop();
    });
  }

  protected async stop(): Promise<void> {
    this.busy.set(true);
    try {
      await this.session.stopStandingIn();
    } catch (error) {
      this.toasts.failed(this.messages.title(toProblem(error)));
      this.busy.set(false);
    }
  }
}
