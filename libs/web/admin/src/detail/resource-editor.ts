import { DestroyRef, Injectable, computed, effect, inject, signal, untracked } from '@angular/core';
import { LiveUpdates, Problem, ProblemMessages, Session, toProblem } from '@berth/web/data';
import { Dialogs } from '@berth/web/ui';
import type { BusinessHours } from '../data/hours';
import type { Resource } from '../data/resource';
import { ResourcesApi } from '../data/resources-api';
import { Drafts, type HoursDraft, type HoursSeen } from './drafts';
import { merge } from './merge';
import { changesBetween, isSame, patchOf, valuesOf, withChange, type Change, type DraftKey, type DraftValues } from './resource-draft';

/** The open resource: what the server has, what was changed here, and saving with the version the changes were made on. */
@Injectable()
export class ResourceEditor {
  private readonly api = inject(ResourcesApi);
  private readonly drafts = inject(Drafts);
  private readonly dialogs = inject(Dialogs);
  private readonly messages = inject(ProblemMessages);
  private readonly session = inject(Session);
  private readonly live = inject(LiveUpdates);
  private readonly id = signal<string | null>(null);
  private readonly stored = signal<Resource | null>(null);
  private readonly storedHours = signal<BusinessHours | null>(null);
  private asking = new AbortController();
  private askingHours: string | null = null;

  readonly resource = this.stored.asReadonly();
  readonly hours = this.storedHours.asReadonly();
  /** Why the resource could not be read. */
  readonly failed = signal<Problem | null>(null);
  /** Why saving failed. */
  readonly refused = signal<Problem | null>(null);
  readonly isSaving = signal(false);
  /** Called with every newer state of the resource. */
  onChanged: (resource: Resource) => void = () => undefined;

  private readonly zone = computed(() => this.session.user()?.organization.timeZone ?? 'UTC');
  private readonly draft = computed(() => this.drafts.of(this.id() ?? ''));
  /** What the changes were made on. */
  private readonly base = computed(() => this.draft()?.base ?? this.stored());
  readonly before = computed(() => this.valuesOf(this.base()));
  readonly values = computed(() => this.draft()?.values ?? this.before());
  readonly hoursDraft = computed(() => this.draft()?.hours?.to);
  readonly changes = computed<readonly Change[]>(() => {
    const [before, after] = [this.before(), this.values()];
    return before === null || after === null ? [] : changesBetween(before, after);
  });
  readonly isDirty = computed(() => this.changes().length > 0 || this.hoursDraft() !== undefined);

  constructor() {
    effect((onCleanup) => {
      const id = this.id();
      if (id === null) return;
      untracked(() => void this.load(id));
      onCleanup(
        this.live.watch(
          `resource:${id}`,
          (event) => this.follow(id, event.type),
          () => void this.load(id),
        ),
      );
    });
    inject(DestroyRef).onDestroy(() => this.asking.abort());
  }

  /** @param known the resource as the list has it, shown until the server has answered */
  open(id: string, known: Resource | null): void {
    this.stored.set(known ?? null);
    this.storedHours.set(null);
    this.failed.set(null);
    this.refused.set(null);
    this.id.set(id);
  }

  reload(): void {
    const id = this.id();
    if (id !== null) void this.load(id);
  }

  async loadHours(): Promise<void> {
    const id = this.id();
    if (id === null || this.storedHours() !== null || this.askingHours === id) return;
    this.askingHours = id;
    try {
      const hours = await this.api.hours(id);
      if (this.id() === id) this.storedHours.set(hours);
    } catch (error) {
      if (this.id() === id) this.failed.set(toProblem(error));
    }
    if (this.askingHours === id) this.askingHours = null;
  }

  set(key: DraftKey, to: unknown): void {
    const values = this.values();
    if (values !== null) this.keepValues(withChange(values, { key, to }));
  }

  setHours(hours: HoursDraft): void {
    const [base, stored] = [this.base(), this.storedHours()];
    if (base === null || stored === null) return;
    const isOwn = stored.source.level === 'resource';
    const unchanged = hours === null ? !isOwn : isOwn && isSame(hours, { days: stored.days, exceptions: stored.exceptions });
    this.drafts.keep(base.id, {
      base,
      ...this.draft(),
      hours: unchanged ? undefined : { to: hours, on: this.draft()?.hours?.on ?? stored },
    });
  }

  discard(): void {
    this.drafts.forget(this.id() ?? '');
    this.refused.set(null);
  }

  /** Saves everything that was changed; false when it was refused. */
  async save(): Promise<boolean> {
    const base = this.base();
    if (base === null || this.isSaving()) return false;
    this.isSaving.set(true);
    this.refused.set(null);
    try {
      const patch = patchOf(this.changes());
      if (Object.keys(patch).length > 0) {
        const saved = await this.api.change(base.id, base.version, patch).catch(conflict);
        if (saved instanceof Problem) return await this.joinWith(base, saved);
        this.adopt(saved, true);
      }
      await this.saveHours(base.id);
      return true;
    } catch (error) {
      this.refused.set(toProblem(error));
      return false;
    } finally {
      this.isSaving.set(false);
    }
  }

  /** Takes over a newer state; changes that are not saved stay on top of it. */
  adopt(resource: Resource, isMine = false): void {
    const draft = this.drafts.of(resource.id);
    this.stored.set(resource);
    if (isMine) this.drafts.keep(resource.id, { base: resource, hours: draft?.hours });
    else if (draft !== undefined)
      this.drafts.keep(resource.id, { ...draft, base: resource, values: this.rebased(draft.values, draft.base, resource) });
    this.onChanged(resource);
  }

  /** The sentence beside a field the server refused. */
  errorOf(field: string): string | null {
    const error = this.refused()?.errorOf(field);
    return error ? this.messages.field(error) : null;
  }

  private async load(id: string): Promise<void> {
    this.asking.abort();
    const mine = (this.asking = new AbortController());
    try {
      const resource = await this.api.one(id, mine.signal);
      if (mine.signal.aborted) return;
      this.stored.set(resource);
      this.failed.set(null);
      this.onChanged(resource);
    } catch (error) {
      if (!mine.signal.aborted) this.failed.set(toProblem(error));
    }
  }

  private follow(id: string, type: string): void {
    // Somebody's booking changes nothing here; while I am saving, the answer comes anyway.
    if (!type.startsWith('resource.') || this.isSaving()) return;
    void this.load(id);
    if (this.hoursDraft() === undefined) {
      const wasShown = this.storedHours() !== null;
      this.storedHours.set(null);
      if (wasShown) void this.loadHours();
    }
  }

  private async saveHours(id: string): Promise<void> {
    const draft = this.draft();
    if (draft?.hours === undefined) return;
    const { to, on } = draft.hours;
    const refused = await this.putHours(id, to, on.settingsVersion).catch(conflict);
    if (refused) {
      // Something of the resource was changed; what was read of its hours may be true still.
      const now = await this.api.hours(id);
      this.storedHours.set(now);
      this.drafts.keep(id, { ...draft, hours: { to, on: now } });
      if (!isSame(saidBy(on), saidBy(now))) throw refused;
      await this.putHours(id, to, now.settingsVersion);
    }
    this.drafts.forget(id);
    await this.load(id);
  }

  private async putHours(id: string, hours: HoursDraft, version: number): Promise<undefined> {
    if (hours !== null) this.storedHours.set(await this.api.setHours(id, version, hours));
    else {
      await this.api.inheritHours(id, version);
      this.storedHours.set(await this.api.hours(id));
    }
  }

  /** Somebody saved first: shows both, and saves what was chosen on top of theirs. */
  private async joinWith(base: Resource, problem: Problem): Promise<boolean> {
    const current = (problem.body['current'] as Resource | undefined) ?? (await this.api.one(base.id));
    const [before, mine, theirs] = [this.before()!, this.values()!, this.valuesOf(current)!];
    const { MergeDialog } = await import('./merge-dialog');
    const joined = merge(before, mine, theirs);
    const answer = this.dialogs.open<DraftValues | 'reload'>(MergeDialog, { size: 'wide', data: { name: current.name, joined } });
    const chosen = await new Promise<DraftValues | 'reload' | undefined>((resolve) => answer.closed.subscribe(resolve));
    if (chosen === undefined) return false;
    const hours = this.draft()?.hours;
    this.stored.set(current);
    this.drafts.keep(base.id, { base: current, hours, values: chosen === 'reload' || isSame(chosen, theirs) ? undefined : chosen });
    this.onChanged(current);
    this.isSaving.set(false);
    return chosen === 'reload' ? false : this.save();
  }

  private keepValues(values: DraftValues): void {
    const base = this.base()!;
    this.drafts.keep(base.id, { base, hours: this.draft()?.hours, values: isSame(values, this.before()) ? undefined : values });
  }

  private rebased(values: DraftValues | undefined, base: Resource, newer: Resource): DraftValues | undefined {
    if (values === undefined) return undefined;
    const joined = merge(this.valuesOf(base)!, values, this.valuesOf(newer)!);
    return joined.clashes.reduce((all, it) => withChange(all, { key: it.key, to: it.mine }), joined.merged);
  }

  private valuesOf(resource: Resource | null): DraftValues | null {
    return resource === null ? null : valuesOf(resource, this.zone());
  }
}

/** The problem of somebody having been faster; any other goes on. */
function conflict(error: unknown): Problem {
  const problem = toProblem(error);
  if (problem.code !== 'precondition-failed') throw problem;
  return problem;
}

const saidBy = ({ days, exceptions, source }: HoursSeen) => ({ days, exceptions, source: source.level });
