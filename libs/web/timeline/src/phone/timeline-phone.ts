import { Component, computed, effect, inject, signal } from '@angular/core';
import { Dialogs, Icon, Segments, type Choice } from '@berth/web/ui';
import { TimelineState } from '../timeline-state';
import { TimelineWords } from '../timeline-words';
import { FreeMatrix, type MatrixPick } from './free-matrix';
import { FilterSheet } from './filter-sheet';
import { ResourceDay } from './resource-day';

type Page = 'resource' | 'matrix';

/** The timeline turned on its side for a phone: one resource and its day from top to bottom, or all of them in a matrix. */
@Component({
  selector: 'berth-timeline-phone',
  imports: [FreeMatrix, Icon, ResourceDay, Segments],
  template: `
    <div class="choose">
      <berth-segments [label]="words.text('phone.pages')" [choices]="pages()" [(value)]="page" />
      <button type="button" class="btn" [class.chosen]="state.filterCount() > 0" (click)="openFilters()">
        <svg berthIcon="funnel"></svg>{{ filterLabel() }}
      </button>
    </div>
    @if (page() === 'matrix') {
      <berth-free-matrix (picked)="show($event)" />
    } @else if (row(); as it) {
      <berth-resource-day [row]="it" [position]="index() + 1" [total]="state.rows().length" [at]="at()" (turned)="turn($event)" />
    }
  `,
  styles: `
    :host {
      display: flex;
      flex: 1;
      flex-direction: column;
      gap: 8px;
      min-width: 0;
      min-height: 0;
    }
    .choose {
      display: flex;
      gap: 8px;
    }
    berth-segments {
      display: flex;
      flex: 1;
    }
  `,
})
export class TimelinePhone {
  protected readonly state = inject(TimelineState);
  protected readonly words = inject(TimelineWords);
  private readonly dialogs = inject(Dialogs);

  protected readonly page = signal<Page>('resource');
  protected readonly index = signal(0);
  /** The time to bring into view, epoch milliseconds. */
  protected readonly at = signal<number | null>(null);
  protected readonly row = computed(() => this.state.rows()[Math.min(this.index(), this.state.rows().length - 1)]);
  protected readonly pages = computed<readonly Choice<Page>[]>(() => [
    { value: 'resource', label: this.words.text('phone.resource') },
    { value: 'matrix', label: this.words.text('phone.matrix') },
  ]);

  constructor() {
    effect(() => {
      if (this.page() === 'resource') this.state.look({ first: Math.max(0, this.index() - 1), end: this.index() + 2 });
    });
  }

  protected readonly filterLabel = computed(() => {
    const count = this.state.filterCount();
    return count === 0 ? this.words.text('filter.title') : this.words.text('filter.set', { count });
  });

  protected openFilters(): void {
    this.dialogs.openSheet(FilterSheet, { data: this.state });
  }

  protected turn(by: 1 | -1): void {
    const count = this.state.rows().length;
    this.at.set(null);
    this.index.update((it) => (it + by + count) % count);
  }

  protected show(pick: MatrixPick): void {
    this.index.set(pick.order);
    this.at.set(pick.time);
    this.page.set('resource');
  }
}
