import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, computed, inject, signal } from '@angular/core';
import { toCivil, toInstant } from '@berth/kernel';
import { ServerClock } from '@berth/web/data';
import { DialogFrame, Field, FieldControl, Select, ZoneChip, type SelectOption } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { judgeDraft } from '../drag/judge-draft';
import type { Bar } from '../rows/bar';
import type { TimelineActs } from '../timeline-acts';
import type { TimelineState } from '../timeline-state';
import { TimelineWords } from '../timeline-words';

export interface MoveRequest {
  readonly bar: Bar;
  readonly resourceId: string;
  readonly acts: TimelineActs;
  readonly state: TimelineState;
}

/** Moves a booking without dragging it: another resource, date or time, judged while it is typed. */
@Component({
  selector: 'berth-move-dialog',
  imports: [DialogFrame, Field, FieldControl, Select, TranslatePipe, ZoneChip],
  template: `
    <berth-dialog-frame [heading]="'timeline.move.title' | translate" [subtitle]="request.bar.title">
      <form id="move-booking" (submit)="submit($event)">
        <berth-field [label]="'timeline.move.resource' | translate">
          <berth-select [label]="'timeline.move.resource' | translate" [options]="resources()" [(value)]="resourceId" />
        </berth-field>
        <div class="times">
          <berth-field [label]="'timeline.move.date' | translate"><input berthControl type="date" #day [value]="date()" (change)="date.set(day.value)" /></berth-field>
          <berth-field [label]="'timeline.move.start' | translate">
            <input berthControl type="time" [step]="step()" #from [value]="start()" (change)="startAt(from.value)" />
          </berth-field>
          <berth-field [label]="'timeline.move.end' | translate"><input berthControl type="time" [step]="step()" #to [value]="end()" (change)="end.set(to.value)" /></berth-field>
          <berth-zone-chip [zone]="row().zone" [at]="request.bar.start" />
        </div>
        @if (refusal(); as why) {
          <p class="note error" role="status">{{ why }}</p>
        } @else {
          <p class="note" role="status">{{ summary() }}</p>
        }
      </form>
      <button dialogActions type="button" class="btn" (click)="ref.close()">{{ 'timeline.move.keep' | translate }}</button>
      <button dialogActions type="submit" form="move-booking" class="btn primary" [disabled]="refusal() !== null">{{ 'timeline.move.confirm' | translate }}</button>
    </berth-dialog-frame>
  `,
  styles: `
    form { display: grid; gap: 14px; }
    .times { display: flex; flex-wrap: wrap; align-items: end; gap: 10px; }
    input[type='date'] { width: 148px; }
    input[type='time'] { width: 104px; }
    berth-zone-chip { margin-bottom: 3px; }
  `,
})
export class MoveDialog {
  private readonly words = inject(TimelineWords);
  private readonly clock = inject(ServerClock);
  protected readonly ref = inject(DialogRef);
  protected readonly request = inject<MoveRequest>(DIALOG_DATA);

  protected readonly resourceId = signal<string | null>(this.request.resourceId);
  protected readonly row = computed(() => this.request.state.row(this.resourceId() ?? this.request.resourceId)!);
  private readonly zone = this.row().zone;
  protected readonly date = signal(toCivil(new Date(this.request.bar.start), this.zone).date);
  protected readonly start = signal(toCivil(new Date(this.request.bar.start), this.zone).time);
  protected readonly end = signal(toCivil(new Date(this.request.bar.end), this.zone).time);
  protected readonly step = computed(() => this.row().rules.slotStep * 60);
  protected readonly resources = computed<SelectOption[]>(() =>
    this.request.state.rows().map((it) => ({ value: it.id, label: it.name, ...(it.floorName ? { hint: it.floorName } : {}) })),
  );
  private readonly target = computed(() => {
    const start = this.instant(this.start());
    const end = this.instant(this.end());
    if (start === null || end === null) return null;
    const days = Math.round((this.request.bar.end - this.request.bar.start) / 86_400_000);
    // A booking over midnight ends on a later day, as it did before.
    const later = end <= start ? Math.max(1, days) * 86_400_000 : 0;
    return { resourceId: this.row().id, start, end: end + later };
  });
  protected readonly refusal = computed(() => {
    const draft = this.target();
    if (!draft) return this.words.text('move.incomplete');
    const content = this.request.state.board.content(draft.resourceId)();
    const verdict = judgeDraft({ row: this.row(), content, draft, now: this.clock.now(), ignoring: this.request.bar.id });
    return this.words.refusal(verdict, this.row().zone);
  });
  protected readonly summary = computed(() => {
    const target = this.target();
    return target ? `${this.row().name}, ${this.words.span(target, this.row().zone)} · ${this.words.duration(target)}` : '';
  });

  /** Another start keeps the length. */
  protected startAt(time: string): void {
    const before = this.target();
    this.start.set(time);
    const start = this.instant(time);
    if (before && start !== null) this.end.set(toCivil(new Date(start + before.end - before.start), this.row().zone).time);
  }

  protected submit(event: Event): void {
    event.preventDefault();
    const target = this.target();
    if (!target || this.refusal() !== null) return;
    this.ref.close();
    void this.request.acts.move(this.request.bar, this.request.resourceId, target);
  }

  private instant(time: string): number | null {
    if (!/^\d\d:\d\d/.test(time) || !/^\d{4}-\d\d-\d\d$/.test(this.date())) return null;
    return toInstant(`${this.date()}T${time.slice(0, 5)}`, this.row().zone).instant.getTime();
  }
}
