import { Component, ElementRef, computed, inject, input, output, signal } from '@angular/core';
import type { NotificationKind } from '@berth/web/data';
import { TranslatePipe } from '@ngx-translate/core';
import { channels, isFixed, type Channel, type Matrix } from './notification-preferences';

/** Kinds under the heading they are looked for. */
const groups: readonly { readonly name: string; readonly kinds: readonly NotificationKind[] }[] = [
  {
    name: 'bookings',
    kinds: ['booking-confirmed', 'booking-changed', 'booking-cancelled', 'booking-transferred', 'booking-affected', 'provisioning'],
  },
  { name: 'time', kinds: ['reminder', 'check-in-due', 'ending-soon', 'no-show'] },
  { name: 'requests', kinds: ['approval-asked', 'approval-decided', 'approval-expired', 'question-asked', 'question-answered'] },
  { name: 'waitlist', kinds: ['waitlist-offered', 'waitlist-expired'] },
  { name: 'other', kinds: ['job-ended', 'quota-warning', 'webhook-disabled', 'security'] },
];
const order = groups.flatMap((it) => it.kinds);

/**
 * What is told in which way: kinds down, ways across. A grid of one tab stop: arrows, Home and End move, Space switches.
 * i18n: notifications.kind.* profile.notifications.group.* profile.notifications.channel.*
 */
@Component({
  selector: 'berth-kinds-matrix',
  imports: [TranslatePipe],
  host: { '(keydown)': 'press($event)' },
  template: `
    <table class="table" role="grid" [attr.aria-label]="'profile.notifications.matrix' | translate">
      <thead>
        <tr>
          <th scope="col">{{ 'profile.notifications.event' | translate }}</th>
          @for (channel of channels; track channel) {
            <th scope="col" class="way">{{ 'profile.notifications.channel.' + channel | translate }}</th>
          }
        </tr>
      </thead>
      @for (group of groups; track group.name) {
        <tbody>
          <tr class="group">
            <th scope="rowgroup" [attr.colspan]="channels.length + 1">{{ 'profile.notifications.group.' + group.name | translate }}</th>
          </tr>
          @for (kind of group.kinds; track kind) {
            <tr>
              <th scope="row">{{ 'notifications.kind.' + kind | translate }}</th>
              @for (channel of channels; track channel) {
                <td role="gridcell">
                  <input
                    type="checkbox"
                    [checked]="matrix()[kind][channel]"
                    [attr.aria-disabled]="isFixed(kind, channel) ? 'true' : null"
                    [attr.aria-label]="
                      'profile.notifications.cell'
                        | translate
                          : {
                              kind: 'notifications.kind.' + kind | translate,
                              channel: 'profile.notifications.channel.' + channel | translate,
                            }
                    "
                    [attr.data-cell]="kind + '/' + $index"
                    [tabindex]="isStop(kind, $index) ? 0 : -1"
                    (click)="choose($event, kind, channel, $index)"
                  />
                </td>
              }
            </tr>
          }
        </tbody>
      }
    </table>
    <p class="muted">{{ 'profile.notifications.securityFixed' | translate }}</p>
  `,
  styles: `
    .way {
      width: 88px;
      text-align: center;
      white-space: normal;
    }
    td {
      padding: 0;
      text-align: center;
    }
    /* The whole cell is the target. */
    input {
      position: relative;
      vertical-align: middle;
    }
    input::before {
      content: '';
      position: absolute;
      inset: -8px -34px;
    }
    .table .group th {
      height: auto;
      padding: 14px 10px 4px;
      border: 0;
      color: var(--muted);
      font-size: 12px;
    }
    .table th[scope='row'] {
      height: auto;
      padding: 4px 10px;
      font-weight: 400;
      white-space: normal;
      overflow-wrap: anywhere;
      hyphens: auto;
    }
    [aria-disabled] {
      opacity: var(--dim);
      border-style: dashed;
      cursor: not-allowed;
    }
    p {
      padding: 10px 10px 0;
      font-size: 12px;
      line-height: 16px;
    }
    @media (max-width: 719px) {
      .way {
        width: 58px;
        padding: 0 2px;
        font-size: 11px;
        hyphens: auto;
      }
      input::before {
        inset: -14px -20px;
      }
      .table :is(th[scope='row'], .group th, th:first-child) {
        padding-left: 0;
      }
    }
  `,
})
export class KindsMatrix {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly at = signal<readonly [row: number, column: number]>([0, 0]);

  readonly matrix = input.required<Matrix>();
  readonly toggled = output<{ readonly kind: NotificationKind; readonly channel: Channel }>();

  protected readonly channels = channels;
  protected readonly groups = groups;
  protected readonly isFixed = isFixed;
  private readonly stop = computed(() => `${order[this.at()[0]]}/${this.at()[1]}`);

  protected isStop(kind: NotificationKind, column: number): boolean {
    return this.stop() === `${kind}/${column}`;
  }

  protected choose(event: Event, kind: NotificationKind, channel: Channel, column: number): void {
    this.at.set([order.indexOf(kind), column]);
    if (isFixed(kind, channel)) event.preventDefault();
    else this.toggled.emit({ kind, channel });
  }

  protected press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const [row, column] = this.at();
    const last = order.length - 1;
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowDown: [Math.min(last, row + 1), column],
      ArrowUp: [Math.max(0, row - 1), column],
      ArrowRight: [row, Math.min(channels.length - 1, column + 1)],
      ArrowLeft: [row, Math.max(0, column - 1)],
      Home: [0, column],
      End: [last, column],
    };
    const to = moves[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.at.set(to);
    this.host.nativeElement.querySelector<HTMLElement>(`[data-cell="${this.stop()}"]`)?.focus();
  }
}
