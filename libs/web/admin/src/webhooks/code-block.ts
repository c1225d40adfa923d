import { Component, input, signal } from '@angular/core';
import { Icon } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';

/** Text of a program: a request, an answer, a line to copy. Takes the focus, so that keys scroll it. */
@Component({
  selector: 'berth-code-block',
  imports: [Icon, TranslatePipe],
  template: `
    <button type="button" class="btn small" (click)="copy()">
      <svg [berthIcon]="copied() ? 'check' : 'copy'"></svg>{{ (copied() ? 'admin.copied' : 'admin.copy') | translate }}
    </button>
    <pre tabindex="0" role="group" [attr.aria-label]="label()"><code>{{ code() }}</code></pre>
  `,
  styles: `
    /* The button stands above: over the text it would hide the end of the first line. */
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 4px;
      min-width: 0;
    }
    pre {
      max-height: 320px;
      margin: 0;
      padding: 10px 12px;
      overflow: auto;
      border: 1px solid var(--line);
      border-radius: var(--radius-control);
      background: var(--canvas);
      font-size: 12px;
      line-height: 18px;
    }
    .btn {
      justify-self: end;
    }
  `,
})
export class CodeBlock {
  readonly label = input.required<string>();
  readonly code = input.required<string>();
  protected readonly copied = signal(false);

  protected async copy(): Promise<void> {
    // Browsers keep the clipboard from pages that came over plain HTTP; the text can still be marked.
    await navigator.clipboard?.writeText(this.code()).then(
      () => this.copied.set(true),
      () => undefined,
    );
  }
}
