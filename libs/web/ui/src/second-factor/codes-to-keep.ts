import { Component, input, signal } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { Icon } from '../icons/icon';
import { saveFile } from '../save-file';

/** Codes that are shown this once, to copy or to keep as a file. */
@Component({
  selector: 'berth-codes-to-keep',
  imports: [Icon, TranslatePipe],
  template: `
    <ul>
      @for (code of codes(); track code) {
        <li>
          <code>{{ code }}</code>
        </li>
      }
    </ul>
    <div class="ways">
      <button type="button" class="btn small" (click)="copy()">
        <svg berthIcon="copy"></svg>{{ 'kit.secondFactor.copy' | translate }}
      </button>
      <button type="button" class="btn small" (click)="save()">
        <svg berthIcon="download"></svg>{{ 'kit.secondFactor.save' | translate }}
      </button>
      <span role="status" class="muted">{{ copied() ? ('kit.secondFactor.copied' | translate) : '' }}</span>
    </div>
  `,
  styles: `
    ul {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(252px, 1fr));
      gap: 4px 16px;
      margin: 0;
      padding: 10px 12px;
      list-style: none;
      border: 1px solid var(--line);
      border-radius: var(--radius-control);
      background: var(--canvas);
    }
    code {
      font-size: 13px;
      line-height: 20px;
      overflow-wrap: anywhere;
    }
    .ways {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px;
      margin-top: 8px;
      font-size: 13px;
    }
  `,
})
export class CodesToKeep {
  readonly codes = input.required<readonly string[]>();
  /** Name of the file, without its ending. */
  readonly fileName = input.required<string>();

  protected readonly copied = signal(false);

  protected async copy(): Promise<void> {
    // Browsers keep the clipboard from pages that came over plain HTTP; the codes can still be read and saved.
    await navigator.clipboard?.writeText(this.codes().join('\n')).then(
      () => this.copied.set(true),
      () => undefined,
    );
  }

  protected save(): void {
    saveFile(
      new Blob(
        [
          this.codes()
            .map((it) => `${it}\n`)
            .join(''),
        ],
        { type: 'text/plain' },
      ),
      `${this.fileName()}.txt`,
    );
  }
}
