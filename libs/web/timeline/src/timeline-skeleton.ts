import { Component, DestroyRef, inject, signal } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { TimelineState } from './timeline-state';

const ROWS = 16;

/** The timeline's own geometry while its rows are on their way: nothing for 150 ms, words after a second, a way to try again after eight. */
@Component({
  selector: 'berth-timeline-skeleton',
  imports: [TranslatePipe],
  host: { 'aria-busy': 'true', '[class.shown]': 'shown()' },
  template: `
    <div class="axis"></div>
    @for (row of rows; track row) {
      <div class="row" aria-hidden="true" [style.height.px]="state.rowHeight()">
        <div class="head"><i [style.width.%]="46 + ((row * 37) % 40)"></i></div>
        <i class="bar" [style.left.%]="(row * 23) % 61" [style.width.%]="8 + ((row * 13) % 14)"></i>
      </div>
    }
    @if (slow()) {
      <p class="muted" role="status">
        {{ 'timeline.loading' | translate }}
        @if (stuck()) {
          <button type="button" class="link" (click)="state.reloadRows()">{{ 'timeline.retry' | translate }}</button>
        }
      </p>
    }
  `,
  styles: `
    :host {
      position: relative;
      display: block;
      flex: 1;
      overflow: hidden;
      border: 1px solid var(--line);
      border-radius: var(--radius-surface);
      background: var(--surface);
      visibility: hidden;
    }
    :host(.shown) {
      visibility: visible;
    }
    .axis {
      height: 34px;
      border-bottom: 1px solid var(--line);
    }
    .row {
      position: relative;
      display: flex;
      border-bottom: 1px solid var(--line);
    }
    .head {
      display: flex;
      align-items: center;
      width: 232px;
      flex: none;
      padding: 0 14px;
      border-right: 1px solid var(--line);
    }
    i {
      height: 12px;
      border-radius: var(--radius-bar);
      background: var(--closed);
      animation: breathe 1.4s ease-in-out infinite alternate;
    }
    .bar {
      position: relative;
      align-self: center;
      height: 60%;
    }
    p {
      position: absolute;
      left: 50%;
      bottom: 24px;
      transform: translateX(-50%);
      padding: 4px 12px;
      border-radius: 14px;
      background: var(--surface);
    }
    @keyframes breathe {
      to {
        opacity: 0.5;
      }
    }
    @media (max-width: 719px) {
      .head {
        width: 50%;
      }
    }
  `,
})
export class TimelineSkeleton {
  protected readonly state = inject(TimelineState);
  protected readonly rows = Array.from({ length: ROWS }, (_, index) => index);
  protected readonly shown = signal(false);
  protected readonly slow = signal(false);
  protected readonly stuck = signal(false);

  constructor() {
    const timers = [
      setTimeout(() => this.shown.set(true), 150),
      setTimeout(() => this.slow.set(true), 1000),
      setTimeout(() => this.stuck.set(true), 8000),
    ];
    inject(DestroyRef).onDestroy(() => timers.forEach(clearTimeout));
  }
}
