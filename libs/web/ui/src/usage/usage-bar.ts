import { Component, computed, input } from '@angular/core';

/** From here on it is worth saying that little is left. */
const NEAR = 0.8;

/** How much of a limit is used; the words that say it stand beside it or in `text`. */
@Component({
  selector: 'berth-usage-bar',
  host: {
    role: 'meter',
    'aria-valuemin': '0',
    '[attr.aria-valuemax]': 'limit()',
    '[attr.aria-valuenow]': 'shown()',
    '[attr.aria-valuetext]': 'text()',
    '[attr.aria-label]': 'label()',
    '[class.near]': 'share() >= near && share() < 1',
    '[class.full]': 'share() >= 1',
  },
  template: `<i [style.inline-size.%]="share() * 100"></i>`,
  styles: `
    :host {
      display: inline-block;
      width: 120px;
      height: 8px;
      flex: none;
      overflow: hidden;
      border: 1px solid var(--line-strong);
      border-radius: var(--radius-bar);
      background: var(--surface);
      vertical-align: middle;
    }
    i {
      display: block;
      height: 100%;
      background: var(--accent);
    }
    :host(.near) i {
      background: repeating-linear-gradient(135deg, var(--pending-edge) 0 4px, var(--pending) 4px 6px);
    }
    :host(.full) i {
      background: var(--danger);
    }
    @media (forced-colors: active) {
      i {
        background: CanvasText;
        forced-color-adjust: none;
      }
    }
  `,
})
export class UsageBar {
  /** What is used. */
  readonly label = input.required<string>();
  readonly used = input.required<number>();
  readonly limit = input.required<number>();
  /** Said instead of the bare numbers, such as `6 h of 10 h`. */
  readonly text = input<string | null>(null);

  protected readonly near = NEAR;
  protected readonly shown = computed(() => Math.min(this.used(), this.limit()));
  /** 0 to 1; a limit of nothing is used up. */
  protected readonly share = computed(() => (this.limit() === 0 ? 1 : this.shown() / this.limit()));
}
