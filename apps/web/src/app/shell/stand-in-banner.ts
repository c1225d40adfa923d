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
  styles: `
    aside {
      display: flex;
      align-items: center;
      gap: 10px;
      min-height: 40px;
      padding: 5px 16px;
      border-bottom: 1px solid var(--pending-edge);
      background: var(--pending);
      color: var(--pending-ink);
      font-size: 13px;
      line-height: 18px;
    }
    aside > svg {
      flex: none;
    }
    p {
      display: flex;
      flex-wrap: wrap;
      gap: 0 8px;
      flex: 1;
      min-width: 0;
      margin: 0;
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
    .btn {
      flex: none;
    }
    @media (max-width: 719px) {
      aside {
        padding: 4px 12px;
      }
      .reason {
        -webkit-line-clamp: 1;
      }
      .btn {
        min-height: 44px;
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
