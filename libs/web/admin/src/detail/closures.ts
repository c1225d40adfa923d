import { Component, computed, effect, inject, input, signal, untracked } from '@angular/core';
import { formatInstant, isCivilDateTime, toInstant } from '@berth/kernel';
import { ProblemMessages, toProblem } from '@berth/web/data';
import { Field, FieldControl, Icon, Toasts, ZoneChip } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import type { Blackout } from '../data/hours';
import { ResourcesApi } from '../data/resources-api';
import { ClosureEndField } from './closure-end-field';
import { CLOSURE_REPEATS, type ClosureEnd, type ClosureRepeat, ruleOf } from './closure-repeat';

/** Times in which nobody may book, once or again and again; those of the resource itself can be added and taken away at once. */
@Component({
  selector: 'berth-closures',
  imports: [ClosureEndField, Field, FieldControl, Icon, TranslatePipe, ZoneChip],
  template: `
    <h3>{{ 'admin.closures.title' | translate }}</h3>
    @if (list().length > 0) {
      <ul>
        @for (it of list(); track it.id) {
          <li>
            <span class="grow"
              ><b>{{ words.closure(it, zone()) }}</b> {{ it.reason }}
              @if (it.source.level !== 'resource') {
                <small class="muted">{{ words.source(it.source) }}</small>
              }
            </span>
            @if (it.source.level === 'resource') {
              <button type="button" class="btn quiet small square" [attr.aria-label]="'admin.closures.lift' | translate" (click)="lift(it)">
                <svg berthIcon="x" [size]="14"></svg>
              </button>
            }
          </li>
        }
      </ul>
    } @else {
      <p class="muted">{{ 'admin.closures.none' | translate }}</p>
    }
    <details #form>
      <summary class="link">{{ 'admin.closures.add' | translate }}</summary>
      <div class="new">
        <berth-field [label]="'admin.closures.from' | translate"
          ><input #from berthControl type="datetime-local" (change)="begins.set(from.value)"
        /></berth-field>
        <berth-field [label]="'admin.closures.to' | translate"><input #to berthControl type="datetime-local" /></berth-field>
        <berth-field [label]="'booking.repeat.label' | translate">
          <select #repeat berthControl (change)="repeats.set($any(repeat.value))">
            @for (it of choices(); track it.value) {
              <option [value]="it.value" [selected]="it.value === repeats()">{{ it.text }}</option>
            }
          </select>
        </berth-field>
        @if (repeats() !== 'none') {
          <berth-closure-end-field [first]="begins().slice(0, 10)" [(ends)]="ends" />
        }
        <berth-zone-chip [zone]="zone()" />
        <berth-field class="why" [label]="'admin.hours.reason' | translate" [note]="'admin.optional' | translate"
          ><input #why berthControl autocomplete="off" maxlength="500"
        /></berth-field>
        @if (error(); as message) {
          <p class="error" role="alert">{{ message }}</p>
        }
        <button type="button" class="btn small accent" (click)="close(from, to, why, form)">
          {{ 'admin.closures.close' | translate }}
        </button>
      </div>
    </details>
  `,
  styles: `
    :host {
      display: block;
      margin-top: 8px;
      padding-top: 12px;
      border-top: 1px solid var(--line);
      font-size: 13px;
      line-height: 18px;
    }
    h3 {
      margin-bottom: 4px;
    }
    li {
      display: flex;
      align-items: center;
      gap: 8px;
      min-height: 36px;
      border-bottom: 1px solid var(--line);
    }
    li b {
      font-weight: 550;
    }
    small {
      display: block;
    }
    summary {
      width: fit-content;
      min-height: 24px;
      margin-top: 6px;
      cursor: pointer;
    }
    .new {
      display: flex;
      flex-wrap: wrap;
      align-items: flex-end;
      gap: 10px;
      margin-top: 8px;
      padding: 12px;
      border: 1px solid var(--line);
      border-radius: var(--radius-surface);
      background: var(--canvas);
    }
    .why {
      flex: 1 1 180px;
    }
    .why input {
      width: 100%;
    }
    .error {
      flex: 1 0 100%;
      color: var(--danger);
    }
  `,
})
export class Closures {
  private readonly api = inject(ResourcesApi);
  private readonly toasts = inject(Toasts);
  private readonly messages = inject(ProblemMessages);
  protected readonly words = inject(AdminWords);

  readonly id = input.required<string>();
  readonly zone = input.required<string>();

  protected readonly list = signal<readonly Blackout[]>([]);
  protected readonly error = signal<string | null>(null);
  protected readonly repeats = signal<ClosureRepeat>('none');
  protected readonly ends = signal<ClosureEnd>({ kind: 'never' });
  protected readonly begins = signal('');
  /** The ways to come again, said with the day it begins on. */
  protected readonly choices = computed(() => {
    const zone = this.zone();
    const begins = isCivilDateTime(this.begins()) ? formatInstant(toInstant(this.begins(), zone).instant) : null;
    return CLOSURE_REPEATS.filter((it) => begins !== null || it === 'none').map((value) => ({
      value,
      text: begins === null ? this.words.text('booking.repeat.none') : this.words.closureRepeat(value, begins, zone),
    }));
  });

  constructor() {
    effect((onCleanup) => {
      const id = this.id();
      const asking = new AbortController();
      onCleanup(() => asking.abort());
      // The hours stand without them; a failure leaves the list empty.
      untracked(
        () =>
          void this.api.blackouts(id, asking.signal).then(
            (it) => this.list.set(it),
            () => undefined,
          ),
      );
    });
  }

  protected async close(from: HTMLInputElement, to: HTMLInputElement, why: HTMLInputElement, form: HTMLDetailsElement): Promise<void> {
    if (!isCivilDateTime(from.value) || !isCivilDateTime(to.value) || to.value <= from.value)
      return this.error.set(this.words.text('admin.closures.wrong'));
    const [start, end] = [from, to].map((it) => formatInstant(toInstant(it.value, this.zone()).instant)) as [string, string];
    try {
      const rrule = ruleOf(this.repeats(), this.ends());
      const recurrence = rrule === undefined ? undefined : { rrule, timeZone: this.zone() };
      const added = await this.api.blackOut(this.id(), { start, end, reason: why.value.trim() || null, recurrence });
      this.list.update((all) => [...all, added].sort((a, b) => a.start.localeCompare(b.start)));
      const kept = added.affected.total;
      this.toasts.done(kept > 0 ? this.words.count('admin.closures.kept.', kept) : this.words.text('admin.closures.added'));
      for (const field of [from, to, why]) field.value = '';
      this.begins.set('');
      this.repeats.set('none');
      this.ends.set({ kind: 'never' });
      form.open = false;
      this.error.set(null);
    } catch (error) {
      this.error.set(this.messages.title(toProblem(error)));
    }
  }

  protected async lift(blackout: Blackout): Promise<void> {
    try {
      await this.api.lift(this.id(), blackout.id);
      this.list.update((all) => all.filter((it) => it.id !== blackout.id));
      this.toasts.undoable(this.words.text('admin.closures.lifted'), () => this.again(blackout));
    } catch (error) {
      this.toasts.failed(this.messages.title(toProblem(error)));
    }
  }

  private async again({ start, end, reason, recurrence }: Blackout): Promise<void> {
    const rule = recurrence === null ? undefined : { rrule: recurrence.rrule, timeZone: recurrence.timeZone };
    const added = await this.api.blackOut(this.id(), { start, end, reason, recurrence: rule });
    this.list.update((all) => [...all, added].sort((a, b) => a.start.localeCompare(b.start)));
  }
}
