import { DialogRef } from '@angular/cdk/dialog';
import { Component, computed, inject, signal } from '@angular/core';
import { DemoDataApi, startAnew, toProblem, type DemoData, type OwnBookings, type Problem } from '@berth/web/data';
import { DialogFrame, ErrorPanel, Formats, Skeleton } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';

const shown = ['bookings', 'resources', 'people', 'sites', 'groups', 'quotas'] as const;

/** Says what goes with the demo data before it does, and what becomes of bookings people made themselves on it. */
@Component({
  selector: 'berth-remove-demo-dialog',
  imports: [DialogFrame, ErrorPanel, Skeleton, TranslatePipe],
  template: `
    <berth-dialog-frame [heading]="'demo.dialog.title' | translate">
      @if (problem(); as failed) {
        <berth-error-panel [problem]="failed" (retry)="load()" />
      }
      @if (counts(); as all) {
        <p>{{ 'demo.dialog.goes' | translate }}</p>
        <dl>
          @for (it of all; track it.kind) {
            <div>
              <dt>{{ 'demo.dialog.' + it.kind | translate }}</dt>
              <dd>{{ it.count }}</dd>
            </div>
          }
        </dl>
        @if (ownBookings() > 0) {
          <fieldset>
            <legend>{{ 'demo.dialog.own' | translate: { count: ownBookings() } }}</legend>
            <label class="check">
              <input type="radio" name="own" [checked]="own() === 'keep'" (change)="own.set('keep')" />
              <span>{{ 'demo.dialog.keep' | translate: { count: heldResources() } }}</span>
            </label>
            <label class="check">
              <input type="radio" name="own" [checked]="own() === 'remove'" (change)="own.set('remove')" />
              <span>{{ 'demo.dialog.removeOwn' | translate }}</span>
            </label>
          </fieldset>
        }
        <p class="muted">{{ 'demo.dialog.undo' | translate }}</p>
      } @else if (problem() === null) {
        <berth-skeleton [rows]="4" [height]="28" />
      }
      <button dialogActions type="button" class="btn" (click)="ref.close()">{{ 'demo.dialog.cancel' | translate }}</button>
      <button dialogActions type="button" class="btn danger" [disabled]="busy() || counts() === null" (click)="remove()">
        {{ 'demo.remove' | translate }}
      </button>
    </berth-dialog-frame>
  `,
  styles: `
    p {
      margin: 0 0 12px;
    }
    p:last-child {
      margin: 0;
    }
    dl {
      display: grid;
      grid-template-columns: repeat(3, minmax(0, 1fr));
      gap: 1px;
      margin: 0 0 14px;
      overflow: hidden;
      border: 1px solid var(--line);
      border-radius: var(--radius-surface);
      background: var(--line);
    }
    dl > div {
      display: flex;
      flex-direction: column-reverse;
      padding: 8px 12px;
      background: var(--surface);
    }
    dt {
      color: var(--muted);
      font-size: 12px;
      line-height: 16px;
      overflow-wrap: anywhere;
    }
    dd {
      margin: 0;
      font-size: 20px;
      line-height: 28px;
      font-variant-numeric: tabular-nums;
    }
    fieldset {
      display: flex;
      flex-direction: column;
      gap: 8px;
      margin: 0 0 14px;
      padding: 0;
      border: 0;
    }
    legend {
      margin-bottom: 8px;
      padding: 0;
      font-weight: 550;
    }
    @media (max-width: 719px) {
      dl {
        grid-template-columns: repeat(2, minmax(0, 1fr));
      }
      .check {
        min-height: 44px;
      }
    }
  `,
})
export class RemoveDemoDialog {
  private readonly api = inject(DemoDataApi);
  private readonly formats = inject(Formats);
  private readonly startAnew = inject(startAnew);
  private readonly data = signal<DemoData | null>(null);
  protected readonly ref = inject(DialogRef);

  protected readonly own = signal<OwnBookings>('keep');
  protected readonly busy = signal(false);
  protected readonly problem = signal<Problem | null>(null);
  protected readonly counts = computed(() => {
    const going = this.data()?.removal?.[this.own()];
    const written = new Intl.NumberFormat(this.formats.language());
    return going ? shown.map((kind) => ({ kind, count: written.format(going[kind]) })) : null;
  });
  /** The two ways differ by exactly what people made themselves, and by what it needs. */
  protected readonly ownBookings = computed(() => this.difference('bookings'));
  protected readonly heldResources = computed(() => this.difference('resources'));

  constructor() {
    void this.load();
  }

  protected async load(): Promise<void> {
    this.problem.set(null);
    try {
      const data = await this.api.read();
      this.data.set(data);
      // Somebody else was faster: the page still shows what is gone.
      if (data.removal === null) this.startAnew();
    } catch (error) {
      this.problem.set(toProblem(error));
    }
  }

  protected async remove(): Promise<void> {
    this.busy.set(true);
    try {
      await this.api.remove(this.own());
      this.startAnew();
    } catch (error) {
      this.problem.set(toProblem(error));
      this.busy.set(false);
    }
  }

  private difference(kind: (typeof shown)[number]): number {
    const removal = this.data()?.removal;
    return removal ? removal.remove[kind] - removal.keep[kind] : 0;
  }
}
