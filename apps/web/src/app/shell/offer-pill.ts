import { Component, DestroyRef, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { LiveUpdates, Quiet, Seconds, Session, WaitlistApi, countdown, type WaitlistEntry } from '@berth/web/data';
import { Icon } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';

/** Says on every screen that a time one waited for is held, and how long still. */
@Component({
  selector: 'berth-offer-pill',
  imports: [Icon, RouterLink, TranslatePipe],
  template: `
    @if (offer(); as it) {
      @let words = 'shell.offer' | translate: { name: name(), left: left() };
      <a class="chip on" routerLink="/me/waitlist" [attr.aria-label]="words">
        <svg berthIcon="hourglass"></svg><span class="not-phone">{{ words }}</span
        ><span class="only-phone">{{ left() }}</span>
      </a>
    }
  `,
})
export class OfferPill {
  private readonly api = inject(WaitlistApi);
  private readonly seconds = inject(Seconds);
  private readonly offers = signal<readonly WaitlistEntry[]>([]);

  protected readonly offer = computed(() => {
    const [first] = this.offers();
    return first?.offer && Date.parse(first.offer.expiresAt) > this.seconds.now() ? first : null;
  });
  protected readonly name = computed(
    () =>
      this.offer()
        ?.offer?.resources.map((it) => it.name)
        .join(', ') ?? '',
  );
  protected readonly left = computed(() => countdown(Date.parse(this.offer()?.offer?.expiresAt ?? ''), this.seconds.now()));

  constructor() {
    if (!inject(Session).may('reservation:create')) return;
    const end = inject(LiveUpdates).watch(
      'me',
      (event) => event.type.startsWith('waitlist.') && void this.load(),
      () => void this.load(),
    );
    const takeBack = inject(Quiet).afterTheScreen(() => this.load());
    inject(DestroyRef).onDestroy(() => {
      takeBack();
      end();
    });
  }

  private async load(): Promise<void> {
    this.offers.set(await this.api.mine(['offered']).catch(() => []));
  }
}
