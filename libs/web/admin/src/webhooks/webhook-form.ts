import { Component, computed, inject, input, output, resource } from '@angular/core';
import { ProblemMessages, Session, toProblem, type Problem } from '@berth/web/data';
import { ErrorPanel, Field, FieldControl, Skeleton } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import { EventTree } from './event-tree';
import { HeadersField } from './headers-field';
import { ScopeField } from './scope-field';
import type { WebhookDraft } from './webhook-draft';
import { failureReasons, payloads, type Payload, WebhooksApi } from './webhooks-api';

/**
 * What a webhook is: its address, what it is told, where, and how. Shows what the server refuses beside what it is about.
 * i18n: admin.webhooks.payloadOf.* admin.webhooks.payloadText.*
 */
@Component({
  selector: 'berth-webhook-form',
  imports: [ErrorPanel, EventTree, Field, FieldControl, HeadersField, ScopeField, Skeleton, TranslatePipe],
  templateUrl: './webhook-form.html',
  styleUrl: './webhook-form.css',
})
export class WebhookForm {
  private readonly api = inject(WebhooksApi);
  private readonly session = inject(Session);
  private readonly messages = inject(ProblemMessages);
  private readonly words = inject(AdminWords);

  readonly draft = input.required<WebhookDraft>();
  readonly problem = input<Problem | null>(null);
  readonly changed = output<Partial<WebhookDraft>>();
  /** Enter was pressed in a field. */
  readonly sent = output();

  protected readonly payloads = payloads;
  protected readonly offered = resource({ loader: () => this.api.events() });
  protected readonly offeredFailure = computed(() => (this.offered.error() ? toProblem(this.offered.error()) : null));
  protected readonly urlError = computed(() => {
    const error = this.problem()?.errors.find((it) => it.pointer === '/url');
    if (!error) return null;
    const reason = failureReasons.includes(error.code) ? this.words.text(`admin.webhooks.failure.${error.code}`) : null;
    return reason === null ? this.messages.field(error) : `${reason} (${error.detail})`;
  });
  protected readonly eventsError = computed(() => this.errorBelow('/events'));
  protected readonly scopeError = computed(() =>
    this.errorBelow('/scope') === null ? null : this.words.text('admin.webhooks.scopeEmpty'),
  );
  protected readonly headerErrors = computed<ReadonlyMap<string, string>>(
    () =>
      new Map(
        (this.problem()?.errors ?? [])
          .filter((it) => it.pointer.startsWith('/headers/'))
          .map((it) => [it.pointer.slice('/headers'.length), this.messages.field(it)]),
      ),
  );

  /** What says which of the keys and answers of people go along needs a right of its own. */
  protected mayHave(payload: Payload): boolean {
    return payload !== 'provisioning' || this.session.mayEverywhere('webhook:provision');
  }

  protected errorOf(pointer: string): string | null {
    const error = this.problem()?.errors.find((it) => it.pointer === pointer);
    return error ? this.messages.field(error) : null;
  }

  protected errorBelow(pointer: string): string | null {
    const error = this.problem()?.errors.find((it) => it.pointer.startsWith(pointer));
    return error ? this.messages.field(error) : null;
  }

  protected set(patch: Partial<WebhookDraft>): void {
    this.changed.emit(patch);
  }
}
