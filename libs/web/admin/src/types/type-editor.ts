import { Injectable, computed, inject, signal } from '@angular/core';
import { newIdempotencyKey, ProblemMessages, toProblem, type Problem } from '@berth/web/data';
import { AdminWords } from '../admin-words';
import { Catalogue } from '../data/catalogue';
import type { ResourceType } from '../data/resource';
import { TypesApi } from '../data/types-api';
import { isSame } from '../detail/resource-draft';
import { draftOf, fieldsOf, NEW_TYPE, typeKeyFrom, type TypeDraft } from './type-draft';

/** The open type, or a new one: what the server has, what was changed here, and saving it. */
@Injectable()
export class TypeEditor {
  private readonly api = inject(TypesApi);
  private readonly catalogue = inject(Catalogue);
  private readonly messages = inject(ProblemMessages);
  private readonly words = inject(AdminWords);
  private readonly stored = signal<ResourceType | null>(null);
  private readonly before = signal<TypeDraft>(NEW_TYPE);
  private readonly current = signal<TypeDraft>(NEW_TYPE);
  private readonly isTried = signal(false);
  private key = newIdempotencyKey();

  readonly type = this.stored.asReadonly();
  readonly draft = this.current.asReadonly();
  /** Why saving failed. */
  readonly refused = signal<Problem | null>(null);
  readonly isSaving = signal(false);
  readonly isDirty = computed(() => !isSame(contentOf(this.before()), contentOf(this.current())));
  readonly changes = computed(() => {
    const [from, to] = [this.before(), this.current()];
    const parts = (['name', 'icon', 'cutype'] as const)
      .filter((it) => from[it] !== to[it])
      .map((it) => this.words.text(`admin.types.part.${it}`));
    const asks = isSame(contentOf(from).questions, contentOf(to).questions) ? [] : [this.words.text('admin.types.part.questions')];
    return this.words.list([...parts, ...asks]);
  });
  /** Questions that are asked no more once this is saved. */
  readonly removed = computed(() => {
    const kept = new Set(this.current().questions.map((it) => it.field.key));
    return this.before()
      .questions.map((it) => it.field)
      .filter((it) => !kept.has(it.key));
  });
  /** Questions whose answers were of another kind before. */
  readonly rekinded = computed(() => {
    const kinds = new Map(this.before().questions.map((it) => [it.field.key, it.field.kind]));
    return this.current()
      .questions.map((it) => it.field)
      .filter((it) => kinds.has(it.key) && kinds.get(it.key) !== it.kind);
  });
  readonly nameError = computed(() => {
    if (this.isTried() && this.current().name.trim() === '') return this.words.text('admin.create.nameMissing');
    const error = this.refused()?.errorOf('name') ?? this.refused()?.errorOf('key');
    return error ? this.messages.field(error) : null;
  });
  /** What is wrong with questions, by place and part: `0/label`. */
  readonly errors = computed<ReadonlyMap<string, string>>(() => {
    const refused = (this.refused()?.errors ?? []).flatMap((it) => {
      const [, at] = /^\/fields\/(\d+\/\w+)/.exec(it.pointer) ?? [];
      return at === undefined ? [] : [[at, this.messages.field(it)] as const];
    });
    return new Map([...refused, ...(this.isTried() ? this.missing() : [])]);
  });

  /** @param type null for a new one */
  open(type: ResourceType | null): void {
    this.stored.set(type);
    this.start(type === null ? NEW_TYPE : draftOf(type));
  }

  change(change: Partial<TypeDraft>): void {
    this.current.update((it) => ({ ...it, ...change }));
  }

  discard(): void {
    this.start(this.before());
  }

  /** @returns the type as it is now, or null where it was refused */
  async save(): Promise<ResourceType | null> {
    if (this.isSaving()) return null;
    this.isTried.set(true);
    if (this.current().name.trim() === '' || this.missing().length > 0) return null;
    this.isSaving.set(true);
    this.refused.set(null);
    try {
      const saved = await this.send();
      this.open(saved);
      void this.catalogue.load();
      return saved;
    } catch (error) {
      const problem = toProblem(error);
      this.refused.set(problem);
      // Somebody saved first: the next attempt is made on theirs, and what was changed here stays.
      const current = problem.code === 'precondition-failed' ? (problem.body['current'] as ResourceType | undefined) : undefined;
      if (current) this.stored.set(current);
      return null;
    } finally {
      this.isSaving.set(false);
    }
  }

  private send(): Promise<ResourceType> {
    const { name, icon, cutype, questions } = this.current();
    const values = { name: name.trim(), icon, cutype, fields: fieldsOf(questions) };
    const stored = this.stored();
    if (stored !== null) return this.api.change(stored.id, stored.version, values);
    return this.api.add({ ...values, key: typeKeyFrom(name) }, this.key);
  }

  private start(draft: TypeDraft): void {
    this.before.set(draft);
    this.current.set(draft);
    this.isTried.set(false);
    this.refused.set(null);
    this.key = newIdempotencyKey();
  }

  private missing(): (readonly [string, string])[] {
    return fieldsOf(this.current().questions).flatMap((it, i) => [
      ...(it.label === '' ? [[`${i}/label`, this.words.text('admin.types.labelMissing')] as const] : []),
      ...(it.kind === 'select' && it.options.length === 0
        ? [[`${i}/options`, this.words.text('admin.types.optionsMissing')] as const]
        : []),
    ]);
  }
}

/** The draft without what only tells its rows apart. */
const contentOf = ({ questions, ...rest }: TypeDraft) => ({ ...rest, questions: questions.map((it) => it.field) });
