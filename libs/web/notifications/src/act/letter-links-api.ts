import { HttpClient, HttpContext } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { apiUrl, withoutRefresh, type NotificationFacts, type NotificationKind, type NotificationVerb } from '@berth/web/data';
import { firstValueFrom } from 'rxjs';

export type LinkVerb = Exclude<NotificationVerb, 'open'> | 'cancel' | 'unsubscribe';

/** What a link of a letter would do, as the API gives it. */
export interface LetterLink {
  readonly verb: LinkVerb;
  readonly kind: NotificationKind;
  /** Who got the letter, and in whose name it is done. */
  readonly personName: string;
  readonly organization: string;
  readonly facts: NotificationFacts;
  /** It was done already, here or elsewhere. */
  readonly isDone: boolean;
  readonly expiresAt: string | null;
}

/** Nobody has to be signed in to answer a letter. */
const asAnybody = { context: new HttpContext().set(withoutRefresh, true) };

/** The calls of the page that links of letters lead to. Promises reject with a Problem. */
@Injectable({ providedIn: 'root' })
export class LetterLinksApi {
  private readonly http = inject(HttpClient);

  /** Changes nothing. @throws Problem `link-invalid` */
  inspect(token: string): Promise<LetterLink> {
    return firstValueFrom(this.http.post<LetterLink>(apiUrl('/notifications/act/inspect'), { token }, asAnybody));
  }

  /** Does it, once. @throws Problem `link-invalid`, and those of what it does */
  async act(token: string): Promise<void> {
    await firstValueFrom(this.http.post(apiUrl('/notifications/act'), { token }, asAnybody));
  }
}
