import { DIALOG_DATA } from '@angular/cdk/dialog';
import { Component, type ElementRef, ViewEncapsulation, computed, inject, resource, viewChild } from '@angular/core';
import type { CheckInDocument } from '@berth/scheduling';
import { toProblem } from '@berth/web/data';
import { DialogFrame, ErrorPanel, Icon, Skeleton, qrPath, saveFile } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import type { Resource } from '../data/resource';
import { ResourcesApi } from '../data/resources-api';
import { signLines } from './sign-lines';

/** Modules kept free around the code (ISO/IEC 18004 §9.1). */
const QUIET = 4;
const LONG_NAME = 16;
const MOST_NAME_LINES = 2;

/** The code people scan at a resource to check in, as a door sign in A6: to print, or to keep as SVG. */
@Component({
  selector: 'berth-check-in-code',
  imports: [DialogFrame, ErrorPanel, Icon, Skeleton, TranslatePipe],
  templateUrl: './check-in-code-dialog.html',
  styleUrl: './check-in-code-dialog.css',
  // Printing hides everything around the sign, which is not within this component.
  encapsulation: ViewEncapsulation.None,
})
export class CheckInCodeDialog {
  private readonly api = inject(ResourcesApi);
  protected readonly resource = inject<Resource>(DIALOG_DATA);
  protected readonly words = inject(AdminWords);
  private readonly sign = viewChild<ElementRef<SVGElement>>('sign');

  protected readonly code = resource({
    loader: async () => {
      const { url, path } = await this.api.checkInLink(this.resource.id);
      // Loaded with the first sign: nobody else needs it.
      const { encode } = await import('uqr');
      const address = url ?? location.origin + path;
      const { data, size } = encode(address, { ecc: 'M', border: QUIET });
      return { address, isGuessed: url === null, path: qrPath(data), size };
    },
  });
  protected readonly problem = computed(() => (this.code.error() ? toProblem(this.code.error()) : null));
  /** Whether who does not check in loses the time. */
  protected readonly isRequired = (this.resource.rules['checkIn']?.value as CheckInDocument | undefined)?.mode === 'required';
  protected readonly place = this.words.place(this.resource);
  protected readonly name = computed(() => signLines(this.resource.name, LONG_NAME));
  /** Millimetres; what needs more lines than there is room for is written smaller. */
  protected readonly fontSize = computed(() => {
    const longest = Math.max(LONG_NAME, ...this.name().map((it) => it.length));
    return Math.min(9.5, (9.5 * LONG_NAME) / longest, (9.5 * MOST_NAME_LINES) / this.name().length);
  });

  protected print(): void {
    window.print();
  }

  protected save(): void {
    const sign = this.sign()?.nativeElement;
    if (!sign) return;
    saveFile(
      new Blob([new XMLSerializer().serializeToString(sign)], { type: 'image/svg+xml' }),
      `${this.resource.name.replace(/[^\p{L}\p{N}]+/gu, '-')}.svg`,
    );
  }

  protected retry(): void {
    this.code.reload();
  }
}
