import { DIALOG_DATA } from '@angular/cdk/dialog';
import { Component, type ElementRef, computed, effect, inject, input, output, viewChild } from '@angular/core';
import { DialogFrame, Icon } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { TimelineActs } from '../timeline-acts';
import { TimelineState } from '../timeline-state';
import { TimelineWords } from '../timeline-words';
import { BookingDetails } from './booking-details';

/** The panel at the right edge that shows the selected booking beside the timeline; Escape closes it. */
@Component({
  selector: 'berth-inspector',
  imports: [Icon, BookingDetails, TranslatePipe],
  host: { role: 'complementary', '[attr.aria-label]': "words.text('details.title')", '(keydown.escape)': 'closed.emit()' },
  template: `
    <header>
      <h2 #heading tabindex="-1">{{ title() }}</h2>
      <button type="button" class="btn quiet square small" [attr.aria-label]="'timeline.details.close' | translate" (click)="closed.emit()">
        <svg berthIcon="x" [size]="18"></svg>
      </button>
    </header>
    <berth-booking-details [id]="id()" />
  `,
  styles: `
    :host {
      display: block;
      width: var(--inspector-width);
      flex: none;
      overflow: auto;
      padding: 14px 16px 20px;
      border: 1px solid var(--line);
      border-radius: var(--radius-surface);
      background: var(--surface);
      animation: slide var(--enter) var(--ease);
    }
    header {
      display: flex;
      align-items: flex-start;
      gap: 8px;
      margin-bottom: 8px;
    }
    h2 {
      flex: 1;
      min-width: 0;
      overflow-wrap: anywhere;
      outline: none;
    }
    @keyframes slide {
      from {
        opacity: 0;
        transform: translateX(8px);
      }
    }
    @media print {
      :host {
        display: none;
      }
    }
  `,
})
export class Inspector {
  private readonly state = inject(TimelineState);
  protected readonly words = inject(TimelineWords);
  private readonly heading = viewChild.required<ElementRef<HTMLElement>>('heading');

  readonly id = input.required<string>();
  readonly closed = output();

  protected readonly title = computed(() => {
    this.state.tilesChanged();
    const bar = this.state.board.find(this.id())?.bar;
    return this.words.title(bar);
  });

  constructor() {
    effect(() => {
      this.id();
      this.heading().nativeElement.focus({ preventScroll: true });
    });
  }
}

export interface SheetData {
  readonly id: string;
  readonly title: string;
  readonly state: TimelineState;
  readonly acts: TimelineActs;
}

/** The same on a phone, as a sheet from the bottom. */
@Component({
  selector: 'berth-booking-sheet',
  imports: [BookingDetails, DialogFrame],
  providers: [
    { provide: TimelineState, useFactory: () => inject<SheetData>(DIALOG_DATA).state },
    { provide: TimelineActs, useFactory: () => inject<SheetData>(DIALOG_DATA).acts },
  ],
  template: `<berth-dialog-frame [heading]="data.title"><berth-booking-details [id]="data.id" /></berth-dialog-frame>`,
})
export class BookingSheet {
  protected readonly data = inject<SheetData>(DIALOG_DATA);
}
