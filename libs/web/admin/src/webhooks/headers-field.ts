import { Component, input, output } from '@angular/core';
import { Icon } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import type { OwnHeader } from './webhooks-api';

const MOST = 20;

/** Headers a receiver asks for. Values are never shown again; what stands for them keeps them. */
@Component({
  selector: 'berth-headers-field',
  imports: [Icon, TranslatePipe],
  template: `
    @for (it of headers(); track $index) {
      <div class="line">
        <input
          #name
          class="in"
          [attr.aria-label]="'admin.webhooks.headerName' | translate"
          [attr.aria-invalid]="wrong(['/name'], $index)"
          [placeholder]="'admin.webhooks.headerName' | translate"
          spellcheck="false"
          autocomplete="off"
          maxlength="100"
          [value]="it.name"
          (input)="set($index, { name: name.value, value: it.value })"
        />
        <input
          #value
          class="in value"
          [attr.aria-label]="'admin.webhooks.headerValue' | translate"
          [attr.aria-invalid]="wrong(['/value'], $index)"
          [placeholder]="'admin.webhooks.headerValue' | translate"
          spellcheck="false"
          autocomplete="off"
          [value]="it.value"
          (input)="set($index, { name: it.name, value: value.value })"
        />
        <button
          type="button"
          class="btn quiet square"
          [attr.aria-label]="'admin.webhooks.headerDrop' | translate: { name: it.name }"
          (click)="drop($index)"
        >
          <svg berthIcon="x"></svg>
        </button>
      </div>
      @if (errorAt($index); as said) {
        <p class="error">{{ said }}</p>
      }
    }
    <button type="button" class="btn small" [disabled]="headers().length >= most" (click)="add()">
      <svg berthIcon="plus"></svg>{{ 'admin.webhooks.headerAdd' | translate }}
    </button>
  `,
  styles: `
    :host {
      display: grid;
      gap: 8px;
      justify-items: start;
    }
    .line {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
      width: 100%;
    }
    .in {
      flex: 1 1 140px;
      min-width: 0;
    }
    .value {
      flex-grow: 2;
    }
    .error {
      margin: 0;
      font-size: 13px;
      color: var(--danger);
    }
  `,
})
export class HeadersField {
  readonly headers = input.required<readonly OwnHeader[]>();
  /** By pointer below `/headers`: `/0/name`. */
  readonly errors = input<ReadonlyMap<string, string>>(new Map());
  readonly changed = output<readonly OwnHeader[]>();
  protected readonly most = MOST;

  protected wrong(parts: readonly string[], index: number): true | null {
    return parts.some((it) => this.errors().has(`/${index}${it}`)) ? true : null;
  }

  protected errorAt(index: number): string | null {
    return this.errors().get(`/${index}/name`) ?? this.errors().get(`/${index}/value`) ?? null;
  }

  protected set(index: number, header: OwnHeader): void {
    this.changed.emit(this.headers().map((it, at) => (at === index ? header : it)));
  }

  protected add(): void {
    this.changed.emit([...this.headers(), { name: '', value: '' }]);
  }

  protected drop(index: number): void {
    this.changed.emit(this.headers().filter((_, at) => at !== index));
  }
}
