import { Component, computed, effect, inject, resource, signal, untracked } from '@angular/core';
import { PlaceNames, TokenRequests } from '@berth/web/booking';
import { ProblemMessages, toProblem } from '@berth/web/data';
import { Dialogs, EmptyState, ErrorPanel, Formats, Icon, Skeleton, Toasts } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import { ClientDialog } from './client-dialog';
import { wordOf } from './client-draft';
import { type Client, ClientsApi, type ShownSecret, type TokenOfSomebody } from './clients-api';
import { RevokeDialog } from './revoke-dialog';
import { SecretDialog } from './secret-dialog';

/** `/admin/clients`: programs that ask for tokens, and the tokens people made for theirs. i18n: admin.clients.kindOf.* admin.clients.grantShort.* */
@Component({
  selector: 'berth-clients-page',
  imports: [EmptyState, ErrorPanel, Icon, Skeleton, TokenRequests, TranslatePipe],
  templateUrl: './clients-page.html',
  styleUrl: './clients-page.css',
  host: { class: 'page' },
})
export class ClientsPage {
  private readonly api = inject(ClientsApi);
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly formats = inject(Formats);
  private readonly messages = inject(ProblemMessages);
  private readonly words = inject(AdminWords);

  protected readonly clients = resource({ loader: () => this.api.clients() });
  protected readonly failure = computed(() => (this.clients.error() ? toProblem(this.clients.error()) : null));
  private readonly firstTokens = resource({ loader: () => this.api.tokens(undefined) });
  private readonly laterTokens = signal<readonly TokenOfSomebody[]>([]);
  private readonly after = signal<string | null | undefined>(undefined);
  protected readonly tokensFailure = computed(() => (this.firstTokens.error() ? toProblem(this.firstTokens.error()) : null));
  /** Undefined until they are there. */
  protected readonly tokens = computed(() =>
    this.firstTokens.hasValue() ? [...this.firstTokens.value().data, ...this.laterTokens()] : undefined,
  );
  protected readonly next = computed(() => {
    const after = this.after();
    return after === undefined ? (this.firstTokens.hasValue() ? this.firstTokens.value().page.nextCursor : null) : after;
  });

  protected readonly placeNames = inject(PlaceNames);

  constructor() {
    effect(() => {
      const shown = [...(this.clients.hasValue() ? this.clients.value() : []), ...(this.tokens() ?? [])];
      untracked(() => void this.placeNames.learn(shown.map((it) => it.places)));
    });
  }

  protected grantsOf(client: Client): string {
    return this.words.list(client.grantTypes.map((it) => this.words.text(`admin.clients.grantShort.${wordOf(it)}`)));
  }

  protected day(instant: string): string {
    return this.formats.format(Date.parse(instant), this.formats.ownZone(), { dateStyle: 'medium' });
  }

  /** Until when the secret before the present one goes on; null where there is none. */
  protected overlap(client: Client): string | null {
    const ending = client.secrets.find((it) => it.expiresAt !== null);
    return ending?.expiresAt ? this.day(ending.expiresAt) : null;
  }

  protected edit(client: Client | null): void {
    this.dialogs.open<ShownSecret | 'changed'>(ClientDialog, { data: { client }, staysOpen: true }).closed.subscribe((done) => {
      if (done === undefined) return;
      this.clients.reload();
      if (done !== 'changed') this.show(done);
    });
  }

  protected renew(client: Client): Promise<void> {
    return this.act(async () => this.show(await this.api.renewSecret(client)));
  }

  protected revoke(client: Client): void {
    this.dialogs.open<true>(RevokeDialog, { data: { name: client.name }, size: 'narrow' }).closed.subscribe((sure) => {
      if (sure !== true) return;
      void this.act(async () => {
        await this.api.revoke(client);
        this.toasts.done(this.words.text('admin.clients.revoked', { name: client.name }));
      });
    });
  }

  protected revokeToken(token: TokenOfSomebody): Promise<void> {
    return this.act(async () => {
      await this.api.revokeToken(token);
      this.toasts.done(this.words.text('admin.clients.revoked', { name: token.name }));
    });
  }

  protected reloadTokens(): void {
    this.laterTokens.set([]);
    this.after.set(undefined);
    this.firstTokens.reload();
  }

  protected async more(cursor: string): Promise<void> {
    try {
      const page = await this.api.tokens(cursor);
      this.laterTokens.update((it) => [...it, ...page.data]);
      this.after.set(page.page.nextCursor);
    } catch (error) {
      this.toasts.failed(this.messages.title(toProblem(error)));
    }
  }

  private show(secret: ShownSecret): void {
    this.dialogs.open(SecretDialog, { data: secret, staysOpen: true, size: 'narrow' });
  }

  private async act(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.toasts.failed(this.messages.title(toProblem(error)));
    }
    this.clients.reload();
    this.reloadTokens();
  }
}
