import { Component, computed, input } from '@angular/core';
import { iconPaths, type IconName } from './icon-paths';

/** One icon of the set, with a stroke of 1.5 px at any size: `<svg berthIcon="search"></svg>`. Always beside a word or on a labelled control. */
@Component({
  selector: 'svg[berthIcon]',
  host: {
    viewBox: '0 0 24 24',
    fill: 'none',
    stroke: 'currentColor',
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
    'aria-hidden': 'true',
    class: 'icon',
    '[attr.width]': 'size()',
    '[attr.height]': 'size()',
    '[attr.stroke-width]': '36 / size()',
  },
  template: '<svg:path [attr.d]="path()" />',
})
export class Icon {
  readonly berthIcon = input.required<IconName>();
  readonly size = input<14 | 16 | 18 | 20>(16);

  protected readonly path = computed(() => iconPaths[this.berthIcon()]);
}
