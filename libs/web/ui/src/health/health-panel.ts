import { Component, computed, inject, input, signal } from '@angular/core';
import { TranslatePipe, TranslateService } from '@ngx-translate/core';
import { Icon } from '../icons/icon';
import type { IconName } from '../icons/icon-paths';
import { Formats } from '../time/formats';

/** One part of the installation and what was found about it. */
export interface HealthLine {
  readonly part: string;
  readonly state: 'ok' | 'warning' | 'failed' | 'unused';
  readonly code: string;
  readonly facts: Readonly<Record<string, string | number | boolean>>;
}

/** What was looked at, when, and on what. */
export interface ShownHealth {
  readonly checkedAt: string;
  readonly runtime: Readonly<Record<string, string>>;
  readonly findings: readonly HealthLine[];
}

const icons: Readonly<Record<HealthLine['state'], IconName>> = {
  ok: 'circle-check',
  warning: 'circle-alert',
  failed: 'circle-x',
  unused: 'circle',
};
/** Findings somebody can do something about. */
const fixable = new Set([
  ...['database-slow', 'live-late', 'live-no-worker', 'live-not-reached', 'clock-apart', 'clock-device-apart'],
  ...['storage-low', 'storage-not-writable', 'mail-not-set-up', 'mail-not-reached', 'mail-late'],
  ...['cache-away', 'cache-not-seen', 'readers-late', 'readers-parked', 'queues-long'],
]);

/** What Berth runs on, part by part: how it is, how to mend it, and all of it as text to send to somebody. i18n: kit.health.part.*, kit.health.say.*, kit.health.fix.* */
@Component({
  selector: 'berth-health-panel',
  imports: [Icon, TranslatePipe],
  template: `
    <p class="sum" role="status">{{ (toMend() === 0 ? 'kit.health.well' : 'kit.health.mend') | translate: { count: toMend() } }}</p>
    <ul class="card">
      @for (it of lines(); track it.part) {
        <li [class]="it.state">
          <svg [berthIcon]="it.icon" [size]="18"></svg>
          <div class="words">
            <b>{{ 'kit.health.part.' + it.part | translate }}</b>
            <span class="state">{{ 'kit.health.state.' + it.state | translate }}</span>
            <p>{{ 'kit.health.say.' + it.code | translate: it.params }}</p>
            @if (it.isFixable) {
              <p class="fix">{{ 'kit.health.fix.' + it.code | translate: it.params }}</p>
            }
          </div>
        </li>
      }
    </ul>
    <details #details>
      <summary>{{ 'kit.health.diagnostics' | translate }}</summary>
      <pre tabindex="0" [attr.aria-label]="'kit.health.diagnostics' | translate">{{ diagnostics() }}</pre>
    </details>
    <div class="acts">
      <ng-content />
      <button type="button" class="btn" (click)="copy(details)">
        <svg [berthIcon]="copied() ? 'check' : 'copy'"></svg>{{ (copied() ? 'kit.error.copied' : 'kit.health.copy') | translate }}
      </button>
    </div>
  `,
  styleUrl: './health-panel.css',
})
export class HealthPanel {
  private readonly translate = inject(TranslateService);
  private readonly formats = inject(Formats);

  readonly health = input.required<ShownHealth>();

  protected readonly copied = signal(false);
  protected readonly toMend = computed(() => this.health().findings.filter((it) => it.state === 'failed' || it.state === 'warning').length);
  protected readonly lines = computed(() =>
    this.health().findings.map((it) => ({
      ...it,
      icon: icons[it.state],
      isFixable: fixable.has(it.code),
      params: { ...it.facts, size: this.size(it.facts['bytes']), free: this.size(it.facts['freeBytes']) },
    })),
  );
  /** In English and in codes, for whoever is asked for help. */
  protected readonly diagnostics = computed(() => {
    const { checkedAt, runtime, findings } = this.health();
    const lines = findings.map(
      (it) => `${it.part}: ${it.state} (${it.code})${Object.entries(it.facts).map(([key, value]) => ` ${key}=${value}`)}`,
    );
    return [`Berth ${checkedAt}`, Object.values(runtime).join(' · '), navigator.userAgent, ...lines].join('\n');
  });

  /** Without a secure origin a page may not copy; the text is then shown and can be marked. */
  protected async copy(details: HTMLDetailsElement): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.diagnostics());
      this.copied.set(true);
    } catch {
      details.open = true;
    }
  }

  private size(bytes: unknown): string {
    this.translate.currentLang();
    if (typeof bytes !== 'number') return '';
    const [amount, unit] = bytes < 1024 ** 3 ? [bytes / 1024 ** 2, 'megabyte'] : [bytes / 1024 ** 3, 'gigabyte'];
    return new Intl.NumberFormat(this.formats.language(), { style: 'unit', unit, maximumFractionDigits: amount < 10 ? 1 : 0 }).format(
      amount,
    );
  }
}
