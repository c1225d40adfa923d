import { HttpClient, HttpContext } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import { apiUrl } from './api-url';
import { withoutRefresh } from './session';

/** What people may share; each brings a type with sensible rules. */
export const resourceKinds = ['room', 'desk', 'lab', 'server', 'vehicle', 'other'] as const;
export type ResourceKind = (typeof resourceKinds)[number];

/** Everything the first-run wizard sends at its end. */
export interface SetupRequest {
  readonly setupToken: string;
  readonly organization: {
    readonly name: string;
    readonly timeZone: string;
    readonly language?: string;
    readonly weekStart?: number;
    readonly workingHours?: { readonly opens: string; readonly closes: string; readonly weekdays: readonly number[] };
  };
  readonly admin: { readonly username: string; readonly email: string; readonly password: string; readonly displayName?: string };
  readonly kinds?: readonly ResourceKind[];
  readonly startData?: 'demo' | 'blank';
}

interface SetupStatus {
  readonly state: 'open' | 'done';
  readonly registrationOpen?: boolean;
  readonly mail?: boolean;
}

/** A test letter that left. */
export interface SentTestMail {
  readonly to: string;
  readonly server: string;
}

/** The counts a CSV upload answers with. */
export interface UploadResult {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly failed: readonly { readonly row: number; readonly column: string | null; readonly code: string; readonly detail: string }[];
}

const quiet = { context: new HttpContext().set(withoutRefresh, true) };

/** Set-up of an empty installation. All methods throw Problem. */
@Injectable({ providedIn: 'root' })
export class SetupApi {
  private readonly http = inject(HttpClient);

  async state(): Promise<'open' | 'done'> {
    return (await this.status()).state;
  }

  /** Whether people may make accounts themselves; false when the server does not say. */
  registrationOpen(): Promise<boolean> {
    return this.status().then(
      (it) => it.registrationOpen ?? false,
      () => false,
    );
  }

  /** Whether mail can be sent; false when the server does not say. */
  sendsMail(): Promise<boolean> {
    return this.status().then(
      (it) => it.mail ?? false,
      () => false,
    );
  }

  /** Sends a test letter before anything is set up. @throws Problem `setup-token-invalid`, `mail-not-sent` */
  testMail(setupToken: string, email: string, language: string): Promise<SentTestMail> {
    const options = { ...quiet, headers: { 'X-Setup-Token': setupToken } };
    return firstValueFrom(this.http.post<SentTestMail>(apiUrl('/setup/mail-test'), { email, language }, options));
  }

  /** @throws Problem `setup-token-invalid` */
  async unlock(setupToken: string): Promise<void> {
    await firstValueFrom(this.http.post(apiUrl('/setup/unlock'), {}, { ...quiet, headers: { 'X-Setup-Token': setupToken } }));
  }

  /** Makes the organization and its first admin. The answer's tokens are for machines; the console signs in afterwards. */
  async initialize(request: SetupRequest, idempotencyKey: string): Promise<void> {
    await firstValueFrom(
      this.http.post(apiUrl('/setup/initialize'), request, { ...quiet, headers: { 'Idempotency-Key': idempotencyKey } }),
    );
  }

  /** Imports resources from a CSV file; valid rows are taken, invalid ones are reported. */
  uploadResources(file: File): Promise<UploadResult> {
    const form = new FormData();
    form.append('file', file);
    return firstValueFrom(this.http.post<UploadResult>(apiUrl('/resources/upload'), form, { params: { onError: 'skip' } }));
  }

  private status(): Promise<SetupStatus> {
    return firstValueFrom(this.http.get<SetupStatus>(apiUrl('/setup/status'), quiet));
  }
}
