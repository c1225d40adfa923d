import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import type {
  AddTierRequest,
  ChangeTierRequest,
  CountedTierResponse,
  PersonUsagePage,
  PersonUsageResponse,
  QuotaAlertResponse,
  QuotaConfigResponse,
  QuotaRuleRequest,
  QuotaRuleResponse,
  QuotaRuleSeenResponse,
  RuleUsageResponse,
  SimulationResponse,
} from '@berth/api-client';
import { apiUrl, ifMatch } from '@berth/web/data';
import { firstValueFrom } from 'rxjs';

export type QuotaRule = QuotaRuleSeenResponse;
export type QuotaWish = QuotaRuleRequest;
export type RuleUsage = RuleUsageResponse;
export type Simulation = SimulationResponse;
export type Tier = CountedTierResponse;
export type TierWish = AddTierRequest;
export type PersonUsage = PersonUsageResponse;
export type QuotaAlert = QuotaAlertResponse;

/** The exception of one person from a rule at a version of it. */
export interface ExceptionPlace {
  readonly ruleId: string;
  readonly ruleVersion: number;
  readonly accountId: string;
}

/** How much people may book and how many requests they may send. All reject with Problem. */
@Injectable({ providedIn: 'root' })
export class QuotasApi {
  private readonly http = inject(HttpClient);

  async rules(): Promise<readonly QuotaRule[]> {
    return (await firstValueFrom(this.http.get<{ data: readonly QuotaRule[] }>(apiUrl('/quotas/rules')))).data;
  }

  usage(id: string): Promise<RuleUsage> {
    return firstValueFrom(this.http.get<RuleUsage>(apiUrl(`/quotas/rules/${id}/usage`)));
  }

  /** @throws Problem `validation-failed`, `already-exists`, `invalid-reference` */
  addRule(wish: QuotaWish): Promise<QuotaRuleResponse> {
    return firstValueFrom(this.http.post<QuotaRuleResponse>(apiUrl('/quotas/rules'), wish));
  }

  /** @throws Problem as `addRule`, and `precondition-failed` */
  changeRule({ id, version }: QuotaRule, wish: QuotaWish): Promise<QuotaRuleResponse> {
    return firstValueFrom(this.http.patch<QuotaRuleResponse>(apiUrl(`/quotas/rules/${id}`), wish, { headers: ifMatch(version) }));
  }

  /** @throws Problem `precondition-failed` */
  async removeRule({ id, version }: QuotaRule): Promise<void> {
    await firstValueFrom(this.http.delete(apiUrl(`/quotas/rules/${id}`), { headers: ifMatch(version) }));
  }

  /** What it would have refused of what was booked last month; changes nothing. @throws Problem as `addRule` */
  simulate(wish: QuotaWish): Promise<Simulation> {
    return firstValueFrom(this.http.post<Simulation>(apiUrl('/quotas/rules/simulate'), wish));
  }

  /** @param exception limit null lifts it; until RFC 3339. @throws Problem `precondition-failed` */
  async except(at: ExceptionPlace, exception: { readonly limit: number | null; readonly until: string }): Promise<void> {
    await firstValueFrom(this.http.put(exceptionAt(at), exception, { headers: ifMatch(at.ruleVersion) }));
  }

  /** @throws Problem `precondition-failed` */
  async endException(at: ExceptionPlace): Promise<void> {
    await firstValueFrom(this.http.delete(exceptionAt(at), { headers: ifMatch(at.ruleVersion) }));
  }

  config(): Promise<QuotaConfigResponse> {
    return firstValueFrom(this.http.get<QuotaConfigResponse>(apiUrl('/quotas/config')));
  }

  /** Who sent most today first. */
  people(cursor: string | null): Promise<PersonUsagePage> {
    const params = { limit: 50, ...(cursor === null ? {} : { cursor }) };
    return firstValueFrom(this.http.get<PersonUsagePage>(apiUrl('/quotas/users'), { params }));
  }

  async alerts(): Promise<readonly QuotaAlert[]> {
    return (await firstValueFrom(this.http.get<{ data: readonly QuotaAlert[] }>(apiUrl('/quotas/alerts')))).data;
  }

  /** @throws Problem `validation-failed`, `already-exists` */
  async addTier(wish: TierWish): Promise<void> {
    await firstValueFrom(this.http.post(apiUrl('/quotas/tiers'), wish));
  }

  async changeTier({ id, version }: Tier, patch: ChangeTierRequest): Promise<void> {
    await firstValueFrom(this.http.patch(apiUrl(`/quotas/tiers/${id}`), patch, { headers: ifMatch(version) }));
  }

  /** @throws Problem `precondition-failed` */
  async removeTier({ id, version }: Tier): Promise<void> {
    await firstValueFrom(this.http.delete(apiUrl(`/quotas/tiers/${id}`), { headers: ifMatch(version) }));
  }

  /** @param tierId null gives the default one back. @throws Problem `precondition-failed` */
  async giveTier({ accountId, version }: PersonUsage, tierId: string | null): Promise<void> {
    await firstValueFrom(this.http.put(apiUrl(`/quotas/users/${accountId}`), { tierId }, { headers: ifMatch(version) }));
  }
}

const exceptionAt = ({ ruleId, accountId }: ExceptionPlace): string => apiUrl(`/quotas/rules/${ruleId}/exceptions/${accountId}`);
