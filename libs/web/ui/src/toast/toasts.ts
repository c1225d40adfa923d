import { Injectable, signal } from '@angular/core';

/** One message at the lower edge. */
export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly kind: 'done' | 'failed';
  /** Seconds it stays; the countdown rests while pointer or focus is on it. */
  readonly seconds: number;
  readonly undo: (() => void | Promise<void>) | null;
  readonly actions: readonly ToastAction[];
}

/** A verb on a toast. */
export interface ToastAction {
  readonly label: string;
  readonly run: () => void;
  /** The message stays when it is pressed, and with it the Undo. */
  readonly stays?: boolean;
}

let nextId = 1;

/** Short messages with an optional Undo. Show them only after the server has confirmed. */
@Injectable({ providedIn: 'root' })
export class Toasts {
  private readonly list = signal<readonly Toast[]>([]);
  readonly shown = this.list.asReadonly();

  /** Tells that something happened. */
  done(text: string, options: { readonly actions?: readonly ToastAction[]; readonly seconds?: number } = {}): number {
    return this.add({ text, kind: 'done', seconds: options.seconds ?? 6, undo: null, actions: options.actions ?? [] });
  }

  /** Tells that something happened and can be taken back for some seconds; `Z` undoes the latest. */
  undoable(
    text: string,
    undo: () => void | Promise<void>,
    options: { readonly seconds?: number; readonly actions?: readonly ToastAction[] } = {},
  ): number {
    return this.add({ text, kind: 'done', seconds: options.seconds ?? 8, undo, actions: options.actions ?? [] });
  }

  /** Tells that something failed; stays longer. */
  failed(text: string, options: { readonly actions?: readonly ToastAction[] } = {}): number {
    return this.add({ text, kind: 'failed', seconds: 12, undo: null, actions: options.actions ?? [] });
  }

  dismiss(id: number): void {
    this.list.update((all) => all.filter((it) => it.id !== id));
  }

  /** Undoes the latest undoable message; false when there is none. */
  undoLatest(): boolean {
    const latest = this.list().findLast((it) => it.undo !== null);
    if (latest === undefined) return false;
    this.undo(latest);
    return true;
  }

  undo(toast: Toast): void {
    this.dismiss(toast.id);
    void toast.undo?.();
  }

  private add(toast: Omit<Toast, 'id'>): number {
    const id = nextId++;
    this.list.update((all) => [...all.slice(-2), { ...toast, id }]);
    return id;
  }
}
