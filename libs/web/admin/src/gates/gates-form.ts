import { Component, computed, inject, input, linkedSignal, resource, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { ProblemMessages, toProblem, type Problem } from '@berth/web/data';
import { ErrorPanel, Icon, Select, Skeleton, Toasts, type SelectOption } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import { AccessApi, type GateMode, type GatePreview, type Gates, type Place, scopeOf } from '../data/access-api';
import { GroupsApi } from '../data/groups-api';
import { SaveBar } from '../detail/save-bar';

const verbs = ['see', 'book'] as const;
type Verb = (typeof verbs)[number];
const modes = ['everyone', 'groups', 'nobody'] as const;
const thinkingMs = 250;

/**
 * Whom a site or a resource is shown to and who may book, with how many people that is, and how many would come or go before it is
 * saved. i18n: admin.gates.see.* admin.gates.book.* admin.gates.mode.* admin.gates.label.*
 */
@Component({
  selector: 'berth-gates-form',
  imports: [ErrorPanel, Icon, RouterLink, SaveBar, Select, Skeleton, TranslatePipe],
  templateUrl: './gates-form.html',
  styleUrl: './gates-form.css',
})
export class GatesForm {
  private readonly api = inject(AccessApi);
  private readonly groupsApi = inject(GroupsApi);
  private readonly messages = inject(ProblemMessages);
  private readonly toasts = inject(Toasts);
  protected readonly words = inject(AdminWords);

  readonly place = input.required<Place>();
  private readonly at = computed(() => ({ kind: this.place().kind, id: this.place().id }), { equal: (a, b) => scopeOf(a) === scopeOf(b) });
  protected readonly scope = computed(() => scopeOf(this.at()));

  protected readonly stored = resource({ params: () => this.at(), loader: ({ params }) => this.api.gates(params) });
  private readonly groups = resource({ loader: () => this.groupsApi.all() });
  /** What is chosen and not saved; another place begins anew. */
  private readonly draft = linkedSignal<unknown, Gates | null>({ source: () => this.at(), computation: () => null });
  protected readonly gates = computed<Gates | null>(() => this.draft() ?? (this.stored.hasValue() ? this.stored.value() : null));
  protected readonly isDirty = computed(() => {
    const [draft, stored] = [this.draft(), this.stored.hasValue() ? this.stored.value() : null];
    return draft !== null && stored !== null && verbs.some((it) => textOf(draft[it]) !== textOf(stored[it]));
  });
  protected readonly preview = resource({
    params: () => {
      const gates = this.gates();
      return gates === null ? undefined : { at: this.at(), see: textOf(gates.see), book: textOf(gates.book) };
    },
    loader: async ({ params, abortSignal }): Promise<GatePreview | null> => {
      await new Promise((resolve) => setTimeout(resolve, thinkingMs));
      if (abortSignal.aborted) return null;
      return this.api.previewGates(params.at, { see: gateOf(params.see), book: gateOf(params.book) });
    },
  });
  protected readonly refused = signal<Problem | null>(null);
  protected readonly isSaving = signal(false);
  protected readonly refusal = computed(() => {
    const problem = this.refused();
    return problem === null ? null : { title: this.messages.title(problem), detail: problem.detail };
  });
  protected readonly failed = computed(() => {
    const error = this.stored.error();
    return error ? toProblem(error) : null;
  });
  protected readonly verbs = verbs;
  protected readonly modes = computed<readonly SelectOption<GateMode>[]>(() =>
    modes.map((value) => ({ value, label: this.words.text(`admin.gates.mode.${value}`) })),
  );
  protected readonly changes = computed(() => this.words.list(this.changed().map((it) => this.words.text(`admin.gates.label.${it}`))));

  protected chosen(verb: Verb): readonly { readonly id: string; readonly name: string }[] {
    const ids = this.gates()?.[verb].groupIds ?? [];
    const known = this.groups.hasValue() ? this.groups.value() : [];
    return ids.map((id) => ({ id, name: known.find((it) => it.id === id)?.name ?? '…' }));
  }

  protected offered(verb: Verb): readonly SelectOption[] {
    const ids = this.gates()?.[verb].groupIds ?? [];
    const known = this.groups.hasValue() ? this.groups.value() : [];
    return known
      .filter((it) => !ids.includes(it.id))
      .map((it) => ({ value: it.id, label: it.name, hint: this.words.number(it.memberCount) }));
  }

  /** `Only members of Lab help see it`. */
  protected sentence(verb: Verb): string {
    const gate = this.gates()?.[verb];
    if (!gate) return '';
    const names = this.chosen(verb).map((it) => it.name);
    const mode = gate.mode === 'groups' && names.length === 0 ? 'nobody' : gate.mode;
    return this.words.text(`admin.gates.${verb}.${mode}`, { groups: this.words.either(names) });
  }

  protected setMode(verb: Verb, mode: GateMode): void {
    this.set(verb, { ...this.gates()![verb], mode });
  }

  protected addGroup(verb: Verb, id: string): void {
    const gate = this.gates()![verb];
    this.set(verb, { ...gate, groupIds: [...gate.groupIds, id] });
  }

  protected removeGroup(verb: Verb, id: string): void {
    const gate = this.gates()![verb];
    this.set(verb, { ...gate, groupIds: gate.groupIds.filter((it) => it !== id) });
  }

  protected discard(): void {
    this.draft.set(null);
    this.refused.set(null);
  }

  protected async save(): Promise<void> {
    const gates = this.draft();
    if (gates === null || !this.stored.hasValue()) return;
    this.isSaving.set(true);
    this.refused.set(null);
    try {
      this.stored.set(await this.api.setGates(this.at(), this.stored.value().version, { see: gates.see, book: gates.book }));
      this.draft.set(null);
      this.toasts.done(this.words.text('admin.gates.saved', { name: this.place().name }));
    } catch (error) {
      this.refused.set(toProblem(error));
      // Somebody was faster: what is chosen here stays, on top of what they saved.
      if (toProblem(error).code === 'precondition-failed') this.stored.reload();
    } finally {
      this.isSaving.set(false);
    }
  }

  private changed(): readonly Verb[] {
    const [draft, stored] = [this.draft(), this.stored.hasValue() ? this.stored.value() : null];
    return draft === null || stored === null ? [] : verbs.filter((it) => textOf(draft[it]) !== textOf(stored[it]));
  }

  private set(verb: Verb, gate: Gates[Verb]): void {
    const { see, book } = this.gates()!;
    this.draft.set({ see, book, [verb]: gate });
  }
}

/** A gate as text, so that two of them can be told apart. */
const textOf = ({ mode, groupIds }: Gates[Verb]): string => JSON.stringify({ mode, groupIds: [...groupIds].sort() });
const gateOf = (text: string): Gates[Verb] => JSON.parse(text) as Gates[Verb];
