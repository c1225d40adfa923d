import { Injectable, computed, inject, signal } from '@angular/core';
import { POLICY_KEYS, type PolicyDocument, type PolicyPatch } from '@berth/scheduling';
import { toProblem, type Problem } from '@berth/web/data';
import { LayersApi, type Layer, type LayerKey } from '../data/layers-api';
import { isSame } from '../detail/resource-draft';
import { mergePatch } from './merge-patch';
import type { Rule } from './rule-list';

/** Rules of one layer that nobody has saved; undefined gives one up. */
type Draft = ReadonlyMap<Rule, unknown>;

/** The open layer: what the server has, what was changed here, and saving. Changes of other layers are kept meanwhile. */
@Injectable({ providedIn: 'root' })
export class LayerEditor {
  private readonly api = inject(LayersApi);
  private readonly drafts = signal<ReadonlyMap<LayerKey, Draft>>(new Map());
  private readonly key = signal<LayerKey | null>(null);

  readonly layer = signal<Layer | null>(null);
  /** Why the layer could not be read. */
  readonly failed = signal<Problem | null>(null);
  /** Why saving failed. */
  readonly refused = signal<Problem | null>(null);
  readonly isSaving = signal(false);

  private readonly draft = computed<Draft>(() => this.drafts().get(this.key() ?? 'organization') ?? new Map());
  readonly own = computed<PolicyDocument>(() => applied(this.layer()?.policy ?? {}, this.draft()));
  readonly changed = computed<readonly Rule[]>(() => [...this.draft().keys()]);

  async open(key: LayerKey): Promise<void> {
    if (this.key() !== key) this.layer.set(null);
    this.key.set(key);
    this.refused.set(null);
    this.failed.set(null);
    try {
      const layer = await this.api.read(key);
      if (this.key() === key) this.layer.set(layer);
    } catch (error) {
      if (this.key() === key) this.failed.set(toProblem(error));
    }
  }

  set(rule: Rule, value: unknown): void {
    const stored = this.layer()?.policy[rule];
    const next = new Map(this.draft());
    if (isSame(value, stored)) next.delete(rule);
    else next.set(rule, value);
    this.keep(next);
  }

  discard(): void {
    this.keep(new Map());
    this.refused.set(null);
  }

  async save(): Promise<void> {
    const layer = this.layer();
    if (layer === null || this.isSaving()) return;
    this.isSaving.set(true);
    this.refused.set(null);
    try {
      const patch = [...this.draft()].map(([rule, value]) => [rule, mergePatch(layer.policy[rule], value)]);
      this.layer.set(await this.api.change(layer, Object.fromEntries(patch) as PolicyPatch));
      this.keep(new Map());
    } catch (error) {
      const problem = toProblem(error);
      // Somebody saved first: their rules are shown, and what was changed here stays on top of them.
      if (problem.code === 'precondition-failed') await this.open(layer.key);
      this.refused.set(problem);
    } finally {
      this.isSaving.set(false);
    }
  }

  private keep(draft: Draft): void {
    const key = this.key();
    if (key === null) return;
    this.drafts.update((all) => new Map([...[...all].filter(([it]) => it !== key), ...(draft.size > 0 ? [[key, draft] as const] : [])]));
  }
}

function applied(policy: PolicyDocument, draft: Draft): PolicyDocument {
  const values = POLICY_KEYS.map((rule) => [rule, draft.has(rule) ? draft.get(rule) : policy[rule]] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined)) as PolicyDocument;
}
