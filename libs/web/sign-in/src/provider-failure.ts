import { inject, type Signal } from '@angular/core';
import { TranslateService } from '@ngx-translate/core';

const reasons: readonly string[] = [
  ...['cancelled', 'provider-refused', 'provider-unreachable', 'answer-invalid', 'not-begun-here', 'unknown-provider', 'already-linked'],
];

/**
 * The sentence for what a provider's answer came to; null where it came to nothing bad. In an injection context.
 * i18n: signIn.provider.failure.cancelled .provider-refused .provider-unreachable .answer-invalid .not-begun-here .unknown-provider .already-linked
 */
export function providerFailure(reason: Signal<string | undefined>): () => string | null {
  const translate = inject(TranslateService);
  return () => {
    const given = reason();
    return given !== undefined && reasons.includes(given) ? String(translate.instant(`signIn.provider.failure.${given}`)) : null;
  };
}
