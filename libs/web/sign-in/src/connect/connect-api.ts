import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { apiUrl } from '@berth/web/data';
import { firstValueFrom } from 'rxjs';

/** What a program asks the signed-in person for. */
export interface Asked {
  readonly client: { readonly name: string; readonly type: 'confidential' | 'public' };
  /** Permissions it would have: asked for, registered, and held by the person. */
  readonly scopes: readonly string[];
  readonly person: { readonly id: string; readonly displayName: string };
}

/** Letting programs act in one's name, over REST. Promises reject with a Problem. */
@Injectable({ providedIn: 'root' })
export class ConnectApi {
  private readonly http = inject(HttpClient);

  /** @param request what stands after `?` in the address the program led here with */
  look(request: string): Promise<{ readonly asked?: Asked; readonly goesTo?: string; readonly redirectTo?: string }> {
    return firstValueFrom(
      this.http.post<{ asked?: Asked; goesTo?: string; redirectTo?: string }>(apiUrl('/oauth/consent/look'), { request }),
    );
  }
  /** @returns where the browser goes now */
  async answer(request: string, allow: boolean): Promise<string> {
    return (await firstValueFrom(this.http.post<{ redirectTo: string }>(apiUrl('/oauth/consent'), { request, allow }))).redirectTo;
  }

  lookAtDevice(userCode: string): Promise<Asked> {
    return firstValueFrom(this.http.post<Asked>(apiUrl('/oauth/device/look'), { userCode }));
  }
  answerDevice(userCode: string, allow: boolean): Promise<void> {
    return firstValueFrom(this.http.post<void>(apiUrl('/oauth/device/answer'), { userCode, allow }));
  }
}
