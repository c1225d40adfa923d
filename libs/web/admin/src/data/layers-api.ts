import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import {
  policyChange,
  policyRead,
  resourceTypesChange,
  resourceTypesGet,
  sitesChange,
  sitesGet,
  type ChangeResourceTypeRequest,
  type ChangeSiteRequest,
  type OrganizationPolicyResponse,
} from '@berth/api-client';
import { ifMatch } from '@berth/web/data';
import { effectivePolicy, explainPolicy, parsePolicy, type PolicyDocument, type PolicyPatch } from '@berth/scheduling';
import type { RuleInForce } from './resource';
import { answered } from './resources-api';

/** Names a layer in an address: `organization`, `site:…`, `type:…`. */
export type LayerKey = 'organization' | `site:${string}` | `type:${string}`;

/** Rules that resources inherit. */
export interface Layer {
  readonly key: LayerKey;
  readonly level: 'organization' | 'site' | 'type';
  readonly id: string;
  readonly name: string;
  /** What it says itself. */
  readonly policy: PolicyDocument;
  /** Every rule that counts here, by its name. */
  readonly rules: Readonly<Record<string, RuleInForce>>;
  readonly version: number;
}

interface Stored {
  readonly id: string;
  readonly name: string;
  readonly policy: PolicyDocument;
  readonly version: number;
}

/** The console is served by the API: paths are enough. */
const HERE = '';

/** Reads and changes rules of organization, sites and types. All reject with Problem. */
@Injectable({ providedIn: 'root' })
export class LayersApi {
  private readonly http = inject(HttpClient);

  async read(key: LayerKey): Promise<Layer> {
    const organization = await answered(policyRead(this.http, HERE));
    return layerOf(key, organization, key === 'organization' ? organization : await this.stored(key));
  }

  /** @throws Problem `precondition-failed` for who changed an older version, `validation-failed` */
  async change({ key, id, version }: Layer, policy: PolicyPatch): Promise<Layer> {
    const given = { id, ...ifMatch(version) };
    if (key === 'organization') {
      const organization = await answered(policyChange(this.http, HERE, { ...given, body: { policy } }));
      return layerOf(key, organization, organization);
    }
    const stored = key.startsWith('site:')
      ? await answered(sitesChange(this.http, HERE, { ...given, body: { policy } as ChangeSiteRequest }))
      : await answered(resourceTypesChange(this.http, HERE, { ...given, body: { policy } as ChangeResourceTypeRequest }));
    return layerOf(key, await answered(policyRead(this.http, HERE)), stored);
  }

  private stored(key: LayerKey): Promise<Stored> {
    const id = key.slice(key.indexOf(':') + 1);
    return key.startsWith('site:') ? answered(sitesGet(this.http, HERE, { id })) : answered(resourceTypesGet(this.http, HERE, { id }));
  }
}

/** The layer with what it inherits; a type is asked for wherever its resources are, so no site stands between. */
function layerOf(key: LayerKey, organization: OrganizationPolicyResponse, { id, name, policy, version }: Stored): Layer {
  const level = key === 'organization' ? key : key.startsWith('site:') ? 'site' : 'type';
  const layers = [
    {
      source: { level: 'organization', id: organization.id, name: organization.name } as const,
      policy: parsePolicy(organization.policy).policy,
    },
    ...(level === 'organization' ? [] : [{ source: { level, id, name } as const, policy: parsePolicy(policy).policy }]),
  ];
  const rules = explainPolicy(effectivePolicy(layers)).map((it) => [it.rule, { value: it.value, source: it.source }] as const);
  return { key, level, id, name, policy, rules: Object.fromEntries(rules), version };
}
