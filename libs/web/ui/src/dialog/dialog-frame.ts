import { DialogRef } from '@angular/cdk/dialog';
import { Component, inject, input, output } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { Icon } from '../icons/icon';

const closingDragPx = 80;

/**
 * Title bar, body and footer of everything `Dialogs` opens. Slots: `[dialogAside]` beside the close button, the body, and
 * `[dialogActions]` for the buttons (put the primary one last).
 */
@Component({
  selector: 'berth-dialog-frame',
  imports: [TranslatePipe, Icon],
  host: { class: 'float' },
  template: `
    <div class="handle" aria-hidden="true" (pointerdown)="drag($event)"><i></i></div>
    <div class="head frame-head">
      <div class="names">
        <h2 [id]="titleId">{{ heading() }}</h2>
        @if (subtitle(); as text) {
          <span class="muted">{{ text }}</span>
        }
      </div>
      <ng-content select="[dialogAside]" />
      <button type="button" class="btn quiet square" [attr.aria-label]="'kit.close' | translate" (click)="close()">
        <svg berthIcon="x" [size]="20"></svg>
      </button>
    </div>
    <div class="body" [attr.tabindex]="isOnlyRead() ? 0 : null"><ng-content /></div>
    <div class="foot"><ng-content select="[dialogActions]" /></div>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      width: 100%;
      min-height: 0;
      max-height: inherit;
      overflow: hidden;
    }
    .head {
      display: flex;
      align-items: center;
      gap: 10px;
      padding: 10px 12px 10px 20px;
      border-bottom: 1px solid var(--line);
    }
    .names {
      display: flex;
      flex: 1;
      flex-wrap: wrap;
      align-items: baseline;
      gap: 0 10px;
      min-width: 0;
    }
    h2 {
      font-size: 16px;
      line-height: 24px;
    }
    .body {
      flex: 1;
      min-height: 0;
      overflow: auto;
      padding: 14px 20px 16px;
    }
    .foot {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: flex-end;
      gap: 8px;
      padding: 12px 20px;
      border-top: 1px solid var(--line);
      background: var(--surface);
    }
    .foot:empty {
      display: none;
    }
    .handle {
      display: none;
    }
    :host-context(.popover-pane) .head {
      padding: 12px 8px 0 14px;
      border: 0;
    }
    :host-context(.popover-pane) h2 {
      font-size: 14px;
      line-height: 20px;
    }
    :host-context(.popover-pane) .body {
      padding: 10px 14px;
    }
    :host-context(.popover-pane) .foot {
      padding: 0 14px 12px;
      border: 0;
    }
    :host-context(.sheet-pane) {
      height: 100%;
      border-width: 0 0 0 1px;
      border-radius: 0;
    }
    @media (max-width: 719px) {
      :host {
        border-radius: 0;
        border: 0;
        height: 100%;
      }
      .head {
        padding: 8px 8px 8px 16px;
      }
      .body {
        padding: 12px 16px;
      }
      .foot {
        padding: 10px 16px calc(10px + env(safe-area-inset-bottom));
      }
      :host-context(.dialog-pane.narrow),
      :host-context(.sheet-pane) {
        height: auto;
        border-top: 1px solid var(--line);
        border-radius: 14px 14px 0 0;
      }
      :host-context(.sheet-pane) .handle {
        display: grid;
        place-items: center;
        height: 20px;
        margin-bottom: -8px;
        touch-action: none;
        cursor: grab;
      }
      .handle i {
        width: 36px;
        height: 4px;
        border-radius: 2px;
        background: var(--line-strong);
      }
    }
  `,
})
export class DialogFrame {
  private readonly ref = inject(DialogRef);

  readonly heading = input.required<string>();
  readonly subtitle = input<string | null>(null);
  /** The close button was pressed; the dialog closes by itself unless `closable` says it asks first. */
  readonly closing = output();
  readonly closable = input(true);
  /** Nothing in the body takes the focus, so it takes it itself: keys have to scroll it. */
  readonly isOnlyRead = input(false);

  protected readonly titleId = `${this.ref.id}-title`;

  protected close(): void {
    this.closing.emit();
    if (this.closable()) this.ref.close();
  }

  /** Drags a bottom sheet away; the close button does the same without dragging. */
  protected drag(event: PointerEvent): void {
    const pane = this.ref.overlayRef.overlayElement;
    const handle = event.currentTarget as HTMLElement;
    const from = event.clientY;
    const dragged = (at: PointerEvent): number => Math.max(0, at.clientY - from);
    const move = (at: PointerEvent): void => void (pane.style.transform = `translateY(${dragged(at)}px)`);
    const end = (at: PointerEvent): void => {
      handle.removeEventListener('pointermove', move);
      pane.style.transform = '';
      if (dragged(at) > closingDragPx) this.close();
    };
    handle.setPointerCapture(event.pointerId);
    handle.addEventListener('pointermove', move);
    handle.addEventListener('pointerup', end, { once: true });
    handle.addEventListener('pointercancel', end, { once: true });
  }
}
