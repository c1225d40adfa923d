import { afterRenderEffect, Directive, ElementRef, inject, input } from '@angular/core';

/** Brings the current entry of a row that scrolls sideways into the middle of it: `<a [berthInView]="isCurrent">`. */
@Directive({ selector: '[berthInView]' })
export class InView {
  readonly berthInView = input.required<boolean>();

  constructor() {
    const { nativeElement: entry } = inject<ElementRef<HTMLElement>>(ElementRef);
    afterRenderEffect(() => {
      const row = entry.parentElement;
      if (!row || !this.berthInView()) return;
      const [at, of] = [entry.getBoundingClientRect(), row.getBoundingClientRect()];
      row.scrollLeft += at.left - of.left - (of.width - at.width) / 2;
    });
  }
}
