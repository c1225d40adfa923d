import { Component, computed, inject, linkedSignal, signal } from '@angular/core';
import { ProblemMessages, ServerClock, toProblem } from '@berth/web/data';
import { Icon, Toasts } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import {
  type AffectedBooking,
  type BookingInTheWay,
  type ClosingChoice,
  closingChoices,
  type Resource,
  type StatusChange,
} from '../data/resource';
import { ResourcesApi, bookingsInTheWay } from '../data/resources-api';
import { MaintenanceFields, NEW_MAINTENANCE, beginOf, endOf, type MaintenanceWish } from '../fields/maintenance-fields';
import { AssignSection } from './assign-section';
import { ResourceEditor } from './resource-editor';

/** Bookings that stand against a change, and the change that would keep them. */
interface InTheWay {
  readonly wanted: StatusChange;
  readonly shown: readonly BookingInTheWay[];
  readonly total: number;
}

/** In use, in maintenance or archived. Bookings in the way are shown before anything happens. i18n: admin.state.choice.* admin.state.outcome.* */
@Component({
  selector: 'berth-status-tab',
  imports: [AssignSection, Icon, MaintenanceFields, TranslatePipe],
  templateUrl: './status-tab.html',
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: 16px;
    }
    .now {
      display: flex;
      gap: 10px;
      padding: 12px 14px;
    }
    .now svg {
      margin-top: 2px;
    }
    .now.maintenance {
      background: var(--pattern-down), var(--down);
      color: var(--down-ink);
      border-color: var(--down-edge);
    }
    .now.maintenance .muted {
      color: inherit;
    }
    .now p {
      font-weight: 650;
    }
    .now div {
      min-width: 0;
    }
    .now small {
      display: block;
      overflow-wrap: anywhere;
    }
    section {
      display: flex;
      flex-direction: column;
      gap: 10px;
      align-items: flex-start;
      padding-top: 14px;
      border-top: 1px solid var(--line);
    }
    section p {
      font-size: 13px;
      line-height: 18px;
    }
    berth-maintenance-fields {
      align-self: stretch;
    }
    .way {
      align-self: stretch;
      flex-direction: column;
    }
    .way ul {
      display: grid;
      gap: 2px;
    }
    fieldset {
      display: grid;
      gap: 4px;
      border: 0;
      padding: 0;
    }
    .preview li {
      display: flex;
      flex-wrap: wrap;
      gap: 0 10px;
    }
    .preview b {
      font-weight: 600;
    }
    .acts {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
    }
  `,
})
export class StatusTab {
  private readonly api = inject(ResourcesApi);
  private readonly toasts = inject(Toasts);
  private readonly clock = inject(ServerClock);
  private readonly messages = inject(ProblemMessages);
  protected readonly words = inject(AdminWords);
  private readonly editor = inject(ResourceEditor);

  protected readonly resource = computed(() => this.editor.resource()!);
  protected readonly wish = linkedSignal<string, MaintenanceWish>({ source: () => this.resource().id, computation: () => NEW_MAINTENANCE });
  protected readonly inTheWay = linkedSignal<string, InTheWay | null>({ source: () => this.resource().id, computation: () => null });
  protected readonly failure = signal<string | null>(null);
  protected readonly isBusy = signal(false);
  protected readonly choices = closingChoices;
  protected readonly choice = signal<ClosingChoice>('keep');
  /** What the choice would do to whom; null while that is asked. */
  protected readonly preview = signal<readonly AffectedBooking[] | null>(null);
  private turn = 0;

  /** Begins a maintenance, unless bookings are in the way: then they are shown first. */
  protected maintain(): void {
    const zone = this.resource().timeZone;
    const now = new Date(this.clock.now());
    const until = endOf(this.wish(), zone, now);
    if (until === undefined) return;
    const from = beginOf(this.wish(), zone, now);
    void this.change({
      status: 'maintenance',
      ...(from === null ? {} : { from }),
      until,
      reason: this.wish().reason.trim() || null,
      reservations: 'refuse',
    });
  }

  protected async change(wanted: StatusChange): Promise<void> {
    const { id, status: before, statusUntil, statusReason } = this.resource();
    this.isBusy.set(true);
    this.failure.set(null);
    try {
      const resource = await this.api.setStatus(id, wanted);
      this.inTheWay.set(null);
      this.editor.adopt(resource);
      const back: StatusChange =
        before === 'maintenance' ? { status: before, until: statusUntil, reason: statusReason } : { status: before, reservations: 'keep' };
      this.toasts.undoable(this.words.text(`admin.state.done.${wanted.status}`, { name: resource.name }), () => this.undo(resource, back));
    } catch (error) {
      const problem = toProblem(error);
      if (problem.code === 'resource-has-reservations') {
        this.inTheWay.set({ wanted, ...bookingsInTheWay(problem) });
        void this.choose('keep');
      } else {
        this.failure.set(problem.errorOf('until') ? this.words.text('admin.maintenance.behind') : this.messages.title(problem));
      }
    }
    this.isBusy.set(false);
  }

  /** Looks at what a choice would do, before it is done. */
  protected async choose(choice: ClosingChoice): Promise<void> {
    const way = this.inTheWay();
    if (way === null) return;
    const turn = ++this.turn;
    this.choice.set(choice);
    this.preview.set(null);
    const affected = await this.api.tryStatus(this.resource().id, { ...way.wanted, reservations: choice }).catch(() => []);
    if (turn === this.turn) this.preview.set(affected);
  }

  protected outcomeOf({ outcome, movedTo }: AffectedBooking): string {
    return this.words.text(`admin.state.outcome.${outcome}`, { name: movedTo?.name });
  }

  private async undo({ id }: Resource, back: StatusChange): Promise<void> {
    try {
      const resource = await this.api.setStatus(id, back);
      if (this.editor.resource()?.id === id) this.editor.adopt(resource);
      else this.editor.onChanged(resource);
    } catch (error) {
      this.toasts.failed(this.messages.title(toProblem(error)));
    }
  }
}
