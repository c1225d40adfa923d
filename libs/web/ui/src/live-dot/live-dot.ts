import { Component, computed, inject, input } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { Formats } from '../time/formats';

/** Whether the screen is up to date: *Live*, *Reconnecting (last update 14:02:11)*, *Offline*. */
@Component({
  selector: 'berth-live-dot',
  imports: [TranslatePipe],
  host: { role: 'status', '[class]': 'status()' },
  template: `
    <i aria-hidden="true"></i>
    <span class="word">{{ 'kit.live.' + word() | translate: { time: lastTime() } }}</span>
  `,
  styles: `
    :host {
      display: inline-flex;
      align-items: center;
      gap: 6px;
      min-width: 0;
      font-size: 13px;
      color: var(--muted);
      white-space: nowrap;
    }
    i {
      width: 8px;
      height: 8px;
      flex: none;
      border-radius: 4px;
      background: var(--success);
    }
    .word {
      overflow: hidden;
      text-overflow: ellipsis;
    }
    :host(.reconnecting) i {
      background: var(--pending);
      border: 1px solid var(--pending-edge);
    }
    :host(.offline) i {
      background: none;
      border: 2px solid var(--line-strong);
    }
    /* Where there is little room, only what is not as it should be is spelled out. */
    @media (max-width: 479px) {
      :host(.live) .word {
        position: absolute;
        width: 1px;
        height: 1px;
        clip-path: inset(50%);
      }
    }
    @media (forced-colors: active) {
      i {
        border: 1px solid;
      }
    }
  `,
})
export class LiveDot {
  private readonly formats = inject(Formats);

  readonly status = input.required<'live' | 'reconnecting' | 'offline'>();
  /** When something last came from the server, epoch milliseconds. */
  readonly lastUpdate = input<number | null>(null);

  protected readonly word = computed(() => (this.status() === 'reconnecting' && this.lastUpdate() === null ? 'connecting' : this.status()));
  protected readonly lastTime = computed(() => {
    const last = this.lastUpdate();
    return last === null
      ? '–'
      : this.formats.format(last, this.formats.ownZone(), {
          hour: '2-digit',
          minute: '2-digit',
          second: '2-digit',
          hourCycle: this.formats.hourCycle(),
        });
  });
}
