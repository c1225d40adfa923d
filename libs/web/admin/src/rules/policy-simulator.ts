import { HttpClient } from '@angular/common/http';
import { Component, computed, inject, input, linkedSignal, signal } from '@angular/core';
import { isCivilDateTime, toInstant } from '@berth/kernel';
import { BookingWords, onWire, refusalOf, type Reason } from '@berth/web/booking';
import { ProblemMessages, Session, apiUrl, toProblem, type Conflict, type Violation } from '@berth/web/data';
import { Field, FieldControl, Icon, ZoneChip } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { firstValueFrom } from 'rxjs';
import { AdminWords } from '../admin-words';

interface Person {
  readonly id: string;
  readonly displayName: string;
}

interface CheckAnswer {
  readonly bookable: boolean;
  readonly needsApproval: boolean;
  readonly violations: readonly Violation[];
  readonly occurrences: readonly { readonly conflicts: readonly Conflict[] }[];
}

/** What would be said to somebody who books. */
interface Verdict {
  readonly kind: 'allowed' | 'approval' | 'refused';
  readonly reasons: readonly string[];
}

const FOUND_AT_MOST = 8;

/** Whether a person could book the resource at a time, and by which rule not: the very check that booking makes. i18n: admin.simulator.* */
@Component({
  selector: 'berth-policy-simulator',
  imports: [Field, FieldControl, Icon, TranslatePipe, ZoneChip],
  template: `
    <h3>{{ 'admin.simulator.title' | translate }}</h3>
    <p class="muted">{{ 'admin.simulator.intro' | translate }}</p>
    <div class="wish">
      <berth-field [label]="'admin.simulator.person' | translate">
        <input #who berthControl list="simulator-people" autocomplete="off" [value]="person().displayName" (input)="choose(who.value)" />
      </berth-field>
      <datalist id="simulator-people">
        @for (it of found(); track it.id) {
          <option [value]="it.displayName"></option>
        }
      </datalist>
      <berth-field [label]="'admin.closures.from' | translate"><input #from berthControl type="datetime-local" /></berth-field>
      <berth-field [label]="'admin.closures.to' | translate"><input #to berthControl type="datetime-local" /></berth-field>
      <berth-zone-chip [zone]="zone()" />
      <button type="button" class="btn small accent" [disabled]="isAsking()" (click)="ask(from.value, to.value)">
        {{ 'admin.simulator.ask' | translate }}
      </button>
    </div>
    <div aria-live="polite">
      @if (error(); as message) {
        <p class="error">{{ message }}</p>
      }
      @if (verdict(); as it) {
        <p class="verdict" [class]="it.kind">
          <svg [berthIcon]="it.kind === 'refused' ? 'circle-x' : 'circle-check'" [size]="18"></svg>
          <b>{{ words.text('admin.simulator.' + it.kind, { name: person().displayName }) }}</b>
        </p>
        <ul>
          @for (reason of it.reasons; track reason) {
            <li>{{ reason }}</li>
          }
        </ul>
      }
    </div>
  `,
  styles: `
    :host {
      display: block;
      margin-top: 12px;
      padding-top: 12px;
      border-top: 1px solid var(--line);
      font-size: 13px;
      line-height: 18px;
    }
    .wish {
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
    .verdict {
      display: flex;
      align-items: center;
      gap: 8px;
      margin-top: 10px;
      color: var(--free);
    }
    .verdict.refused,
    .error {
      color: var(--danger);
    }
    .error {
      margin-top: 8px;
    }
    ul {
      margin: 4px 0 0 26px;
    }
    li {
      list-style: disc;
    }
  `,
})
export class PolicySimulator {
  private readonly http = inject(HttpClient);
  private readonly session = inject(Session);
  private readonly booking = inject(BookingWords);
  private readonly messages = inject(ProblemMessages);
  protected readonly words = inject(AdminWords);

  readonly id = input.required<string>();
  /** IANA zone of the resource, in which the times are given. */
  readonly zone = input.required<string>();

  protected readonly found = signal<readonly Person[]>([]);
  protected readonly person = linkedSignal<Person>(() => this.me());
  protected readonly isAsking = signal(false);
  protected readonly error = signal<string | null>(null);
  /** Of this resource only: another one asks anew. */
  protected readonly verdict = linkedSignal<string, Verdict | null>({ source: this.id, computation: () => null });
  private readonly me = computed<Person>(() => {
    const user = this.session.user();
    return { id: user?.id ?? '', displayName: user?.displayName ?? '' };
  });

  /** Takes the person whose name was written, and looks for those whose names begin so. */
  protected async choose(name: string): Promise<void> {
    this.verdict.set(null);
    const known = this.found().find((it) => it.displayName === name);
    if (known !== undefined) return this.person.set(known);
    const params = { q: name.trim(), limit: FOUND_AT_MOST };
    // Without names the person stays who it was, which the verdict names.
    const page = await firstValueFrom(this.http.get<{ data: Person[] }>(apiUrl('/users'), { params })).catch(() => null);
    this.found.set(page?.data ?? []);
    const exact = page?.data.find((it) => it.displayName === name);
    if (exact !== undefined) this.person.set(exact);
  }

  protected async ask(from: string, to: string): Promise<void> {
    this.verdict.set(null);
    if (!isCivilDateTime(from) || !isCivilDateTime(to) || to <= from) return this.error.set(this.words.text('admin.closures.wrong'));
    const [start, end] = [from, to].map((it) => onWire(toInstant(it, this.zone()).instant.getTime()));
    this.isAsking.set(true);
    try {
      const onBehalfOf = this.person().id === this.me().id ? {} : { onBehalfOf: this.person().id };
      const wish = { resourceId: this.id(), start, end, ...onBehalfOf };
      this.verdict.set(this.verdictOf(await firstValueFrom(this.http.post<CheckAnswer>(apiUrl('/availability/check'), wish))));
      this.error.set(null);
    } catch (error) {
      this.error.set(this.messages.title(toProblem(error)));
    } finally {
      this.isAsking.set(false);
    }
  }

  private verdictOf({ bookable, needsApproval, violations, occurrences }: CheckAnswer): Verdict {
    const conflicts = occurrences.flatMap((it) => it.conflicts);
    const reasons = refusalOf({ violations, conflicts }, this.id())?.reasons ?? [];
    return { kind: bookable ? (needsApproval ? 'approval' : 'allowed') : 'refused', reasons: reasons.map((it) => this.sentence(it)) };
  }

  /** The rule in words, and where it was set. */
  private sentence(reason: Reason): string {
    const sentence = this.booking.reason(reason, this.zone(), null);
    return reason.kind === 'rule' && reason.setOn !== null
      ? this.words.text('admin.simulator.setOn', { sentence, name: reason.setOn })
      : sentence;
  }
}
