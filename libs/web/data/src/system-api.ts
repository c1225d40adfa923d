import { HttpClient } from '@angular/common/http';
import { Injectable, inject, signal } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import { apiUrl } from './api-url';
import { LiveUpdates } from './live-updates';
import { toProblem, type Problem } from './problem';
import { ServerClock } from './server-clock';

/** What was found about one part of the installation; `code` has its sentence, and its fix, in the kit. */
export interface HealthFinding {
  readonly part: 'database' | 'cache' | 'mail' | 'live' | 'clock' | 'storage';
  readonly state: 'ok' | 'warning' | 'failed' | 'unused';
  readonly code: string;
  readonly facts: Readonly<Record<string, string | number | boolean>>;
}

/** `GET /system/health`. */
export interface SystemHealth {
  /** RFC 3339 */
  readonly checkedAt: string;
  readonly runtime: { readonly node: string; readonly platform: string };
  readonly findings: readonly HealthFinding[];
}

/** Longer than a socket takes through any proxy that lets it through. */
const connectMs = 8_000;
const lookMs = 100;
/** Below it nobody notices, and countdowns are corrected anyway. */
const apartMs = 5_000;

/** How the installation is doing; for administrators. Promises reject with a Problem. */
@Injectable({ providedIn: 'root' })
export class SystemApi {
  private readonly http = inject(HttpClient);
  private readonly live = inject(LiveUpdates);
  private readonly clock = inject(ServerClock);

  /** What the server sees, and what only this browser can: whether a connection stays open, and how far its clock is off. */
  async health(): Promise<SystemHealth> {
    const [health, connects] = await Promise.all([firstValueFrom(this.http.get<SystemHealth>(apiUrl('/system/health'))), this.connects()]);
    return { ...health, findings: health.findings.map((it) => this.seenFromHere(it, connects)) };
  }

  /** Sends a letter to one's own address. @throws Problem `mail-not-set-up`, `mail-not-sent` */
  testMail(): Promise<{ to: string; server: string }> {
    return firstValueFrom(this.http.post<{ to: string; server: string }>(apiUrl('/system/mail-test'), {}));
  }

  private seenFromHere(finding: HealthFinding, connects: boolean): HealthFinding {
    if (finding.state !== 'ok') return finding;
    if (finding.part === 'live' && !connects) return { ...finding, state: 'failed', code: 'live-not-reached' };
    const offset = this.clock.offsetMs();
    if (finding.part === 'clock' && Math.abs(offset) > apartMs)
      return {
        ...finding,
        state: 'warning',
        code: 'clock-device-apart',
        facts: { ...finding.facts, deviceSeconds: Math.round(offset / 1000) },
      };
    return finding;
  }

  /** Connects where nothing has done so yet; the console keeps the connection. */
  private async connects(): Promise<boolean> {
    this.live.start();
    for (let waited = 0; this.live.status() !== 'live'; waited += lookMs) {
      if (waited >= connectMs) return false;
      await new Promise((resolve) => setTimeout(resolve, lookMs));
    }
    return true;
  }
}

/** One look after another; provided by whoever shows them. */
@Injectable()
export class HealthLooks {
  private readonly api = inject(SystemApi);
  private readonly found = signal<SystemHealth | null>(null);
  private readonly failure = signal<Problem | null>(null);
  private readonly looking = signal(false);

  /** The latest; stays while the next is on its way. */
  readonly health = this.found.asReadonly();
  readonly problem = this.failure.asReadonly();
  readonly busy = this.looking.asReadonly();

  async look(): Promise<void> {
    this.looking.set(true);
    this.failure.set(null);
    try {
      this.found.set(await this.api.health());
    } catch (error) {
      this.failure.set(toProblem(error));
    } finally {
      this.looking.set(false);
    }
  }
}
