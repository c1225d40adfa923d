import type { DialogRef } from '@angular/cdk/dialog';
import { createEnvironmentInjector, type EnvironmentInjector } from '@angular/core';
import { PreferencesStore, ServerClock } from '@berth/web/data';
import { Dialogs } from '@berth/web/ui';
import { firstValueFrom } from 'rxjs';
import { BookDoor, Door, MoveDoor } from './form/doors';
import { BookingForm } from './form/booking-form';
import { Questions } from './form/questions';
import { Wish } from './form/wish';
import { DayFacts } from './day/day-facts';
import { HoldKeeper } from './hold/hold-keeper';
import type { BookingRequest } from './booking';
import { BookingDialog, type BookingDialogData } from './dialog/booking-dialog';
import { BookingPopover } from './dialog/booking-popover';
import { MoveBooking, type MoveDialogData } from './dialog/move-dialog';
import { Drafts } from './drafts';
import { Outcomes } from './outcomes';
import { Repeat } from './repeat/repeat';
import type { SeriesScope } from './repeat/series-api';
import type { Reservation } from './reservation';
import type { MoveRequest } from './reservations-api';
import { MINUTE } from './span';

const FULL_HALF_HOUR = 30 * MINUTE;

/** Opens the form for something new, first in the size the caller asked for. */
export async function openBooking(parent: EnvironmentInjector, request: BookingRequest): Promise<'booked' | 'closed'> {
  const injector = createEnvironmentInjector(
    [BookingForm, Wish, Questions, Repeat, DayFacts, HoldKeeper, { provide: Door, useClass: BookDoor }],
    parent,
  );
  const form = injector.get(BookingForm);
  const drafts = injector.get(Drafts);
  const usual = injector.get(PreferencesStore).value().defaultDurationMinutes * MINUTE;
  const isRestored = fill(form, request, drafts, injector.get(ServerClock).now(), usual);
  try {
    const booked = await shown(injector.get(Dialogs), form, request, isRestored);
    if (booked === null) {
      keep(form, drafts);
      return 'closed';
    }
    drafts.forget();
    const series = injector.get(Repeat).booked();
    if (series === null) injector.get(Outcomes).booked(booked);
    else injector.get(Outcomes).bookedSeries(booked, series);
    return 'booked';
  } finally {
    injector.destroy();
  }
}

/** Opens the form for something that is booked. */
export async function openMove(
  parent: EnvironmentInjector,
  reservation: Reservation,
  scope: SeriesScope,
  to: MoveRequest = {},
): Promise<'moved' | 'closed'> {
  const injector = createEnvironmentInjector(
    [BookingForm, Wish, Questions, Repeat, DayFacts, HoldKeeper, MoveDoor, { provide: Door, useExisting: MoveDoor }],
    parent,
  );
  injector.get(MoveDoor).reservation = reservation;
  injector.get(MoveDoor).scope = scope;
  const form = injector.get(BookingForm);
  const [first] = reservation.resources;
  form.day.ignore(reservation.id);
  form.questions.begin(reservation.customFields ?? {});
  form.expectedName.set(to.resourceId === undefined ? (first?.name ?? null) : null);
  form.wish.quantity.set(first?.quantity ?? 1);
  form.wish.guessedZone.set(first?.timeZone ?? reservation.timeZone);
  form.wish.resourceId.set(to.resourceId ?? first?.resourceId ?? null);
  form.wish.span.set({ start: Date.parse(to.start ?? reservation.start), end: Date.parse(to.end ?? reservation.end) });
  try {
    const data: MoveDialogData = { form, reservation, scope };
    const moved = await firstValueFrom(
      injector.get(Dialogs).open<Reservation, MoveDialogData>(MoveBooking, { data, focus: 'input[name=from]:enabled, input[name=to]' })
        .closed,
    );
    if (moved === undefined) return 'closed';
    injector.get(Outcomes).moved(moved, reservation, scope);
    return 'moved';
  } finally {
    injector.destroy();
  }
}

/** The small form hands over to the large one where somebody wants more; both show the same wish and the same hold. */
async function shown(dialogs: Dialogs, form: BookingForm, { anchor }: BookingRequest, isRestored: boolean): Promise<Reservation | null> {
  const focus = 'input[name=title]';
  if (anchor) {
    const popover = dialogs.openPopover<Reservation | 'more', BookingForm>(BookingPopover, anchor, {
      data: form,
      side: 'beside',
      focus,
      staysOpen: true,
    });
    closeFromOutside(popover);
    const ending = await firstValueFrom(popover.closed);
    if (ending !== 'more') return ending ?? null;
  }
  const data: BookingDialogData = { form, isRestored };
  return (await firstValueFrom(dialogs.open<Reservation, BookingDialogData>(BookingDialog, { data, size: 'wide', focus }).closed)) ?? null;
}

/** Escape and a click on the page close it; one on what floats above does not: signing in again must not cost the form. */
function closeFromOutside(popover: DialogRef<Reservation | 'more'>): void {
  const isBeside = ({ target }: Event): boolean =>
    target instanceof Element && target.closest('.cdk-overlay-container, berth-toast-list') === null;
  popover.outsidePointerEvents.subscribe((event) => isBeside(event) && popover.close());
  popover.backdropClick.subscribe(() => popover.close());
  popover.keydownEvents.subscribe((event) => event.key === 'Escape' && !event.defaultPrevented && popover.close());
}

/** @param usual how long somebody books who has not said it. @returns whether a draft was brought back */
function fill(form: BookingForm, request: BookingRequest, drafts: Drafts, now: number, usual: number): boolean {
  const { wish } = form;
  const draft = drafts.recent();
  // Who opened a slot wants that slot; the words typed before still belong to the meeting.
  const isSlot = request.resourceId !== undefined || request.start !== undefined;
  const start = request.start === undefined ? undefined : Date.parse(request.start);
  const end = request.end === undefined ? undefined : Date.parse(request.end);
  const next = Math.ceil(now / FULL_HALF_HOUR) * FULL_HALF_HOUR;
  const span = { start: start ?? next, end: end ?? (start ?? next) + usual };
  if (draft !== null) {
    wish.title.set(draft.title);
    wish.description.set(draft.description);
    wish.people.set(draft.people);
    wish.isPrivate.set(draft.isPrivate);
    form.questions.begin(draft.answers);
  }
  if (request.title !== undefined) wish.title.set(request.title);
  const isWholeDraft = draft !== null && !isSlot;
  form.expectedName.set(request.resourceName ?? (isWholeDraft ? draft.resourceName : null));
  wish.guessedZone.set(request.timeZone ?? null);
  wish.span.set(isWholeDraft && draft.span !== null && draft.span.start > now ? draft.span : span);
  if (isWholeDraft) wish.quantity.set(draft.quantity);
  wish.resourceId.set(request.resourceId ?? (isWholeDraft ? draft.resourceId : null));
  wish.also.set(request.also ?? []);
  return draft !== null;
}

function keep({ wish, questions, resourceName }: BookingForm, drafts: Drafts): void {
  drafts.keep({
    title: wish.title(),
    description: wish.description(),
    people: wish.people(),
    isPrivate: wish.isPrivate(),
    answers: questions.answers(),
    quantity: wish.quantity(),
    resourceId: wish.resourceId(),
    resourceName: resourceName(),
    span: wish.span(),
  });
}
