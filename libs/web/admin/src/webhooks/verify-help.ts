import { Component, computed, signal } from '@angular/core';
import { Segments } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { CodeBlock } from './code-block';
import { verifySnippets } from './verify-snippets';

/** How a receiver checks the signature, in four languages. */
@Component({
  selector: 'berth-verify-help',
  imports: [CodeBlock, Segments, TranslatePipe],
  template: `
    <p class="muted">{{ 'admin.webhooks.verifyText' | translate }}</p>
    <berth-segments [label]="'admin.webhooks.verifyIn' | translate" [choices]="languages" [(value)]="language" />
    <berth-code-block [label]="language()" [code]="code()" />
  `,
  styles: `
    :host {
      display: grid;
      gap: 8px;
      justify-items: start;
    }
    p {
      margin: 0;
    }
    berth-code-block {
      width: 100%;
    }
  `,
})
export class VerifyHelp {
  protected readonly languages = verifySnippets.map((it) => ({ value: it.language as string, label: it.language }));
  protected readonly language = signal<string>('JavaScript');
  protected readonly code = computed(() => verifySnippets.find((it) => it.language === this.language())?.code ?? '');
}
