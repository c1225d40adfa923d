import { DestroyRef, Directive, DOCUMENT, ElementRef, afterRenderEffect, computed, inject, input, signal, untracked } from '@angular/core';
import { RowStack } from './row-stack';

/** Pixels drawn beyond the view on both sides. */
const MARGIN = 320;
const SPACE = '[data-space-before]';

/**
 * Draws only the rows of a table that are in view, whatever scrolls it. Put it on the table; draw `range()` between an element
 * with `data-space-before` and one after, as high as the range says, and mark each row's element with `data-index`.
 */
@Directive({ selector: 'table[berthVirtualRows]', exportAs: 'virtualRows' })
export class VirtualRows {
  private readonly host = inject<ElementRef<HTMLTableElement>>(ElementRef).nativeElement;
  private readonly view = inject(DOCUMENT).defaultView!;

  readonly berthVirtualRows = input.required<number>();
  /** Height of a row nobody has seen yet. */
  readonly guess = input.required<(index: number) => number>();

  private readonly stack = computed(() => new RowStack(this.berthVirtualRows(), this.guess()));
  private readonly measured = signal(0);
  private readonly window = signal({ from: 0, to: 900 }, { equal: (a, b) => a.from === b.from && a.to === b.to });

  readonly range = computed(() => {
    this.measured();
    const { from, to } = this.window();
    return this.stack().within(from - MARGIN, to + MARGIN);
  });
  readonly indexes = computed(() => {
    const { first, end } = this.range();
    return Array.from({ length: end - first }, (_, index) => first + index);
  });

  constructor() {
    const look = (): void => this.look();
    const document = this.host.ownerDocument;
    // Scrolling does not bubble; heard on the way down, it may be anybody's above the table.
    document.addEventListener('scroll', look, { capture: true, passive: true });
    const resizes = 'ResizeObserver' in this.view ? new ResizeObserver(look) : null;
    resizes?.observe(this.host);
    inject(DestroyRef).onDestroy(() => {
      document.removeEventListener('scroll', look, { capture: true });
      resizes?.disconnect();
    });
    afterRenderEffect(() => {
      this.range();
      this.stack();
      untracked(() => this.learn());
    });
  }

  /** Brings a row into view; it is drawn with the next rendering. */
  reveal(index: number): void {
    const top = this.host.querySelector(SPACE)?.getBoundingClientRect().top ?? 0;
    const scroller = scrollerOf(this.host);
    const head = this.host.tHead?.getBoundingClientRect().height ?? 0;
    const frame = scroller.getBoundingClientRect();
    const upper = Math.max(0, frame.top) + head;
    const lower = Math.min(this.view.innerHeight, frame.bottom);
    const row = top + this.stack().top(index);
    const height = this.stack().height(index);
    if (row < upper) scroller.scrollTop -= upper - row;
    else if (row + height > lower) scroller.scrollTop += row + height - lower;
    this.look();
  }

  private look(): void {
    const space = this.host.querySelector(SPACE);
    if (space === null) return;
    const top = space.getBoundingClientRect().top;
    // In steps, so that most scroll events change nothing.
    const from = Math.floor(-top / 120) * 120;
    this.window.set({ from, to: from + this.view.innerHeight + 120 });
  }

  private learn(): void {
    this.look();
    let changed = false;
    for (const element of this.host.querySelectorAll<HTMLElement>('[data-index]')) {
      changed = this.stack().measure(Number(element.dataset['index']), element.getBoundingClientRect().height) || changed;
    }
    if (changed) this.measured.update((it) => it + 1);
  }
}

function scrollerOf(element: HTMLElement): HTMLElement {
  for (let it = element.parentElement; it !== null; it = it.parentElement) {
    const { overflowY } = getComputedStyle(it);
    if ((overflowY === 'auto' || overflowY === 'scroll') && it.scrollHeight > it.clientHeight) return it;
  }
  return element.ownerDocument.documentElement;
}
