import { Component, computed, effect, inject, input, resource } from '@angular/core';
import { AccountsApi } from '@berth/web/data';
import { TranslatePipe } from '@ngx-translate/core';
import { safeReturnUrl } from './return-url';

/** A button for each provider one can sign in with; nothing where there is none, or where that cannot be asked. */
@Component({
  selector: 'berth-provider-buttons',
  imports: [TranslatePipe],
  template: `
    @if (shown().length > 0) {
      <p class="or" aria-hidden="true">{{ 'signIn.provider.or' | translate }}</p>
      @for (it of shown(); track it.key) {
        <a class="btn submit" [href]="urlOf(it.key)">{{ 'signIn.provider.with' | translate: { name: it.name } }}</a>
      }
    }
  `,
  styles: `
    :host {
      display: contents;
    }
    a {
      justify-content: center;
      overflow-wrap: anywhere;
    }
    .or {
      display: flex;
      align-items: center;
      gap: 10px;
      margin: 0;
      color: var(--muted);
    }
    .or::before,
    .or::after {
      content: '';
      flex: 1;
      border-top: 1px solid var(--line);
    }
  `,
})
export class ProviderButtons {
  private readonly api = inject(AccountsApi);

  /** Page to go to afterwards. */
  readonly returnUrl = input<string>();
  /** Key of a provider to go to at once. */
  readonly wanted = input<string>();
  /** Key of one that stands elsewhere already. */
  readonly besides = input<string>();

  private readonly providers = resource({ loader: () => this.api.providers() });
  protected readonly shown = computed(() =>
    this.providers.hasValue() ? this.providers.value().filter((it) => it.key !== this.besides()) : [],
  );

  constructor() {
    effect(() => {
      const key = this.wanted();
      if (key && this.providers.hasValue() && this.providers.value().some((it) => it.key === key)) location.assign(this.urlOf(key));
    });
  }

  protected urlOf(key: string): string {
    return this.api.providerUrl(key, safeReturnUrl(this.returnUrl()));
  }
}
