import { Component, computed, input, resource } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { qrPath } from '../qr/qr-path';

/** Modules kept free around the code (ISO/IEC 18004 §9.1). */
const QUIET = 4;

/** The secret of an authenticator app as a code to scan, and as text for who cannot scan it. */
@Component({
  selector: 'berth-app-secret',
  imports: [TranslatePipe],
  template: `
    @if (code.value(); as it) {
      <svg class="qr" role="img" [attr.viewBox]="'0 0 ' + it.size + ' ' + it.size" [attr.aria-label]="'kit.secondFactor.qr' | translate">
        <rect width="100%" height="100%" fill="white" />
        <path [attr.d]="it.path" fill="black" shape-rendering="crispEdges" />
      </svg>
    } @else {
      <div class="qr"></div>
    }
    <div class="by-hand">
      <span class="muted">{{ 'kit.secondFactor.secret' | translate }}</span>
      <code>{{ grouped() }}</code>
    </div>
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 12px 20px;
    }
    .qr {
      width: 176px;
      height: 176px;
      flex: none;
      border: 1px solid var(--line);
      border-radius: var(--radius-control);
    }
    .by-hand {
      display: flex;
      flex: 1 1 160px;
      flex-direction: column;
      gap: 4px;
      min-width: 0;
      font-size: 13px;
      line-height: 18px;
    }
    code {
      font-size: 14px;
      line-height: 20px;
      overflow-wrap: anywhere;
      user-select: all;
    }
  `,
})
export class AppSecret {
  /** Base 32. */
  readonly secret = input.required<string>();
  /** `otpauth://…`. */
  readonly uri = input.required<string>();

  protected readonly grouped = computed(
    () =>
      this.secret()
        .match(/.{1,4}/g)
        ?.join(' ') ?? '',
  );
  protected readonly code = resource({
    params: () => this.uri(),
    loader: async ({ params }) => {
      // Loaded with the first code: nobody else needs it.
      const { encode } = await import('uqr');
      const { data, size } = encode(params, { ecc: 'M', border: QUIET });
      return { path: qrPath(data), size };
    },
  });
}
