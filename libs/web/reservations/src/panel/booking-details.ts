import { Component, type ElementRef, computed, effect, inject, input, output, resource, signal, untracked, viewChild } from '@angular/core';
import { AnswerList, BookingWords, ProvisioningNote, ReservationsApi, type Reservation } from '@berth/web/booking';
import { ServerClock, toProblem } from '@berth/web/data';
import { ErrorPanel, Icon, Skeleton } from '@berth/web/ui';
import { Agenda } from '../agenda/agenda';
import { isOpen, isRunning } from '../agenda/agenda-days';
import { BookingActs } from '../agenda/booking-acts';
import { BookingTimes } from '../agenda/booking-times';
import { ExtendMenu } from '../agenda/extend-menu';
import { StatusTag } from '../agenda/status-tag';
import { ApprovalNote } from './approval-note';
import { BookingHistory } from './booking-history';
import { EditDetails } from './edit-details';
import { SkippedDates } from './skipped-dates';

/** One booking in full: what, where, when, its verbs, editing in place, and its history. */
@Component({
  selector: 'berth-my-booking',
  imports: [
    AnswerList,
    ApprovalNote,
    BookingHistory,
    EditDetails,
    ErrorPanel,
    ExtendMenu,
    Icon,
    ProvisioningNote,
    Skeleton,
    SkippedDates,
    StatusTag,
  ],
  templateUrl: './booking-details.html',
  styleUrl: './booking-details.css',
})
export class BookingDetails {
  private readonly api = inject(ReservationsApi);
  private readonly agenda = inject(Agenda);
  private readonly now = inject(ServerClock).minute;
  protected readonly acts = inject(BookingActs);
  protected readonly times = inject(BookingTimes);
  protected readonly words = inject(BookingWords);

  private readonly editButton = viewChild<ElementRef<HTMLElement>>('editButton');

  readonly id = input.required<string>();
  /** What it is called, once that is known and whenever it changes. */
  readonly named = output<string>();

  private readonly answer = resource({ params: () => this.id(), loader: ({ params }) => this.api.one(params) });
  /** As the list knows it, which is told of every change; fetched where it is not of the list. */
  readonly reservation = computed<Reservation | null>(() => {
    const listed = this.agenda.find(this.id());
    const fetched = this.answer.hasValue() ? this.answer.value() : null;
    if (listed === null || fetched === null) return listed ?? fetched;
    return listed.version >= fetched.version ? listed : fetched;
  });
  readonly isEditing = signal(false);
  /** What is being edited does not change under the hands of whoever edits it. */
  protected readonly edited = signal<Reservation | null>(null);
  protected readonly problem = computed(() => (this.reservation() === null && this.answer.error() ? toProblem(this.answer.error()) : null));
  protected readonly open = computed(() => this.reservation() !== null && isOpen(this.reservation()!, this.now()));
  protected readonly running = computed(() => this.reservation() !== null && isRunning(this.reservation()!, this.now()));

  constructor() {
    effect(() => {
      const reservation = this.reservation();
      if (reservation !== null) this.named.emit(this.acts.nameOf(reservation));
    });
    effect(() => {
      this.id();
      untracked(() => this.isEditing.set(false));
    });
  }

  /** Who booked it and for whom, as far as the reader may know; null of one's own. */
  protected whose({ bookedBy, organizer, mine }: Reservation): string | null {
    if (bookedBy && organizer)
      return this.words.text('reservations.bookedFor', { booker: bookedBy.displayName, name: organizer.displayName });
    return bookedBy?.displayName ?? (mine ? null : (organizer?.displayName ?? null));
  }

  /** Changes title, notes, people and privacy in place. */
  edit(): void {
    const reservation = this.reservation();
    if (reservation === null || !this.open()) return;
    this.edited.set(reservation);
    this.isEditing.set(true);
  }

  protected saved(reservation: Reservation): void {
    this.agenda.put(reservation);
    this.answer.reload();
    this.endEditing();
  }

  /** Focus goes back to where editing began. */
  protected endEditing(): void {
    this.isEditing.set(false);
    setTimeout(() => this.editButton()?.nativeElement.focus());
  }

  protected retry(): void {
    this.answer.reload();
  }
}
