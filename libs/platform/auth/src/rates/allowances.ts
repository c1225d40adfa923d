import { Problem } from '@berth/contracts';
import { networkOf } from '@berth/platform/http';
import { LRUCache } from 'lru-cache';
import { Injectable } from '@nestjs/common';
import { AllowanceStore, type Taken } from './allowance.store';
import { QuotaAlerts } from './quota-alerts';

/** Whose requests are counted: a person's, an OAuth2 client's, those through a token with a limit, or of an address nobody signed in from. */
export type Requester =
  | { readonly kind: 'person'; readonly organizationId: string; readonly accountId: string }
  | { readonly kind: 'client'; readonly organizationId: string; readonly clientId: string }
  | { readonly kind: 'token'; readonly organizationId: string; readonly tokenId: string }
  | { readonly kind: 'address'; readonly address: string | null };

/** What is left, for the header fields of an answer. */
export interface Standing {
  readonly perMinute: number;
  readonly perDay: number | null;
  /** Requests that may be sent at once. */
  readonly remaining: number;
  /** Seconds until all of a minute may be sent again. */
  readonly fullIn: number;
}

interface Lot {
  left: number;
  waiting: number;
  asking: Promise<Taken> | undefined;
  last: Taken | undefined;
  /** By `performance.now()`: the store has nothing before. */
  refusedUntil: number;
}

/** What was taken and not used within this time is given up. */
const LOT_MS = 30_000;
/** A process takes this share of a minute's requests at a time. */
const LOT_SHARE = 1 / 100;

/**
 * Counts requests against allowances all processes share (GCRA). Requests are taken from the store in lots of a hundredth of
 * a minute's: one in many pays the round trip, and together the processes never accept more than the store gave them.
 */
@Injectable()
export class Allowances {
  private readonly lots = new LRUCache<string, Lot>({ max: 50_000, ttl: LOT_MS });

  constructor(
    private readonly store: AllowanceStore,
    private readonly alerts: QuotaAlerts,
  ) {}

  /**
   * Spends one request.
   * @throws Problem `rate-limited` with `retryAfter` in seconds; until then the store is not asked again
   */
  async spend(requester: Requester): Promise<Standing> {
    const lot = this.lotOf(requester);
    while (lot.left === 0) {
      if (lot.last && lot.refusedUntil > performance.now()) throw refusal(lot.last, lot.refusedUntil - performance.now());
      await this.fill(requester, lot);
    }
    lot.left--;
    return standingOf(lot);
  }

  /** All that wait ask together, once, for as many as they are. */
  private async fill(requester: Requester, lot: Lot): Promise<void> {
    lot.waiting++;
    try {
      // The next turn of the loop, when all that came in this one wait.
      await Promise.resolve();
      await (lot.asking ??= this.ask(requester, lot).finally(() => (lot.asking = undefined)));
    } finally {
      lot.waiting--;
    }
  }

  private async ask(requester: Requester, lot: Lot): Promise<Taken> {
    const taken = await this.store.take(requester, Math.max(lot.waiting, Math.ceil((lot.last?.perMinute ?? 0) * LOT_SHARE), 1));
    lot.last = taken;
    lot.left += taken.granted;
    await this.alerts.tell(requester, taken);
    if (taken.granted === 0) lot.refusedUntil = performance.now() + taken.retryIn * 1000;
    return taken;
  }

  private lotOf(requester: Requester): Lot {
    const key = keyOf(requester);
    const known = this.lots.get(key);
    if (known) return known;
    const fresh: Lot = { left: 0, waiting: 0, asking: undefined, last: undefined, refusedUntil: 0 };
    this.lots.set(key, fresh);
    return fresh;
  }
}

function keyOf(requester: Requester): string {
  switch (requester.kind) {
    case 'person':
      return `${requester.organizationId}/${requester.accountId}`;
    case 'client':
      return `client/${requester.clientId}`;
    case 'token':
      return `token/${requester.tokenId}`;
    case 'address':
      return networkOf(requester.address);
  }
}

const standingOf = ({ last, left }: Lot): Standing => ({
  perMinute: last?.perMinute ?? 0,
  perDay: last?.perDay ?? null,
  remaining: (last?.remaining ?? 0) + left,
  fullIn: Math.ceil(last?.fullIn ?? 0),
});

function refusal(last: Taken, waitMs: number): Problem {
  const retryAfter = Math.max(1, Math.ceil(waitMs / 1000));
  const spentTheDay = last.perDay !== null && last.usedToday >= last.perDay;
  const limit = spentTheDay ? last.perDay : last.perMinute;
  return new Problem('rate-limited', {
    detail: `${limit} requests ${spentTheDay ? 'a day (UTC)' : 'a minute'} are allowed; try again in ${retryAfter} s.`,
    limit,
    window: spentTheDay ? 'P1D' : 'PT1M',
    retryAfter,
  });
}
