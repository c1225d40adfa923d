import { Component, computed, input } from '@angular/core';

/** Width of a bar with the gap after it, and the height of the highest, in pixels. */
const STEP = 4;
const HEIGHT = 20;

/** Numbers of one day after another as small bars, the highest of them the whole height; the words that say it are in `label`. */
@Component({
  selector: 'berth-sparkline',
  host: { role: 'img', '[attr.aria-label]': 'label()', '[attr.title]': 'label()' },
  template: `
    <svg aria-hidden="true" [attr.viewBox]="'0 0 ' + width() + ' ' + height" [attr.width]="width()" [attr.height]="height">
      @for (it of bars(); track $index) {
        <rect
          [class.none]="it.isNone"
          [attr.x]="$index * step"
          [attr.y]="height - it.height"
          [attr.width]="step - 1"
          [attr.height]="it.height"
        />
      }
    </svg>
  `,
  styles: `
    :host {
      display: inline-block;
      flex: none;
      line-height: 0;
    }
    rect {
      fill: var(--muted);
    }
    .none {
      fill: var(--line-strong);
    }
    @media (forced-colors: active) {
      rect {
        fill: CanvasText;
      }
    }
  `,
})
export class Sparkline {
  /** The oldest first; none is negative. */
  readonly values = input.required<readonly number[]>();
  readonly label = input.required<string>();

  protected readonly step = STEP;
  protected readonly height = HEIGHT;
  protected readonly width = computed(() => this.values().length * STEP - 1);
  protected readonly bars = computed(() => {
    const most = Math.max(1, ...this.values());
    // A day with little is seen as well; one with nothing is a line.
    return this.values().map((it) => ({ isNone: it === 0, height: it === 0 ? 1 : Math.max(2, Math.round((it / most) * HEIGHT)) }));
  });
}
