import { DIALOG_DATA } from '@angular/cdk/dialog';
import { Component, type ElementRef, computed, effect, inject, input, output, signal, viewChild } from '@angular/core';
import { BookingWords } from '@berth/web/booking';
import { DialogFrame, Icon } from '@berth/web/ui';
import { Agenda } from '../agenda/agenda';
import { BookingActs } from '../agenda/booking-acts';
import { BookingDetails } from './booking-details';

/** The panel at the right edge, beside the agenda; Escape closes it. */
@Component({
  selector: 'berth-booking-panel',
  imports: [BookingDetails, Icon],
  host: { role: 'complementary', '[attr.aria-label]': "words.text('reservations.panel')", '(keydown.escape)': 'closed.emit()' },
  template: `
    <header>
      <h2 #heading tabindex="-1">{{ title() }}</h2>
      <button
        type="button"
        class="btn quiet square small"
        [attr.aria-label]="words.text('reservations.closePanel')"
        (click)="closed.emit()"
      >
        <svg berthIcon="x" [size]="18"></svg>
      </button>
    </header>
    <berth-my-booking [id]="id()" (named)="name.set($event)" />
  `,
  styles: `
    :host {
      display: block;
      width: var(--inspector-width);
      max-height: 100%;
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
      margin-bottom: 10px;
    }
    h2 {
      flex: 1;
      min-width: 0;
      overflow-wrap: anywhere;
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
export class BookingPanel {
  private readonly heading = viewChild.required<ElementRef<HTMLElement>>('heading');
  private readonly details = viewChild(BookingDetails);
  protected readonly words = inject(BookingWords);

  readonly id = input.required<string>();
  readonly closed = output();

  protected readonly name = signal<string | null>(null);
  protected readonly title = computed(() => this.name() ?? this.words.text('reservations.panel'));

  constructor() {
    effect(() => {
      this.id();
      this.heading().nativeElement.focus({ preventScroll: true });
    });
  }

  edit(): void {
    this.details()?.edit();
  }
}

export interface SheetData {
  readonly id: string;
  /** Of the screen it is opened from: a sheet stands outside of it. */
  readonly agenda: Agenda;
  readonly acts: BookingActs;
}

/** The same where there is no room beside the list: a sheet from the bottom or the side. */
@Component({
  selector: 'berth-booking-sheet',
  imports: [BookingDetails, DialogFrame],
  providers: [
    { provide: Agenda, useFactory: () => inject<SheetData>(DIALOG_DATA).agenda },
    { provide: BookingActs, useFactory: () => inject<SheetData>(DIALOG_DATA).acts },
  ],
  template: `<berth-dialog-frame [heading]="title()"><berth-my-booking [id]="data.id" (named)="name.set($event)" /></berth-dialog-frame>`,
})
export class BookingSheet {
  private readonly words = inject(BookingWords);
  protected readonly data = inject<SheetData>(DIALOG_DATA);

  protected readonly name = signal<string | null>(null);
  protected readonly title = computed(() => this.name() ?? this.words.text('reservations.panel'));
}
