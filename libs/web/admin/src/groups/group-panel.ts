import { Component, computed, inject, input, linkedSignal, output, resource, signal } from '@angular/core';
import { HistoryFold } from '@berth/web/audit';
import { PersonField } from '@berth/web/booking';
import { ProblemMessages, Session, toProblem, type KnownPerson } from '@berth/web/data';
import { Icon, Toasts } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import { type Group, type GroupUse, GroupsApi, type Member } from '../data/groups-api';

/** One group: its rule or its members, what it is used for, and what can be done. i18n: admin.groups.kind.* admin.groups.use.* */
@Component({
  selector: 'berth-group-panel',
  imports: [HistoryFold, Icon, PersonField, TranslatePipe],
  templateUrl: './group-panel.html',
  styleUrl: './group-panel.css',
})
export class GroupPanel {
  private readonly api = inject(GroupsApi);
  private readonly toasts = inject(Toasts);
  private readonly messages = inject(ProblemMessages);
  private readonly session = inject(Session);
  protected readonly words = inject(AdminWords);

  readonly group = input.required<Group>();
  readonly closed = output();
  readonly changing = output();
  readonly removing = output<readonly GroupUse[]>();
  /** The group as it is after somebody came or went. */
  readonly changed = output<Group>();

  private readonly id = computed(() => this.group().id);
  protected readonly manages = computed(() => this.session.may('group:manage'));
  protected readonly q = signal('');
  protected readonly list = resource({
    params: () => ({ id: this.id(), q: this.q() }),
    loader: ({ params }) => this.api.members(params.id, params.q, null),
  });
  /** Those of further pages; another group or search begins anew. */
  private readonly further = linkedSignal<unknown, readonly Member[]>({ source: () => this.list.value(), computation: () => [] });
  private readonly cursor = linkedSignal(() => (this.list.hasValue() ? this.list.value().page.nextCursor : null));
  protected readonly members = computed(() => [...(this.list.hasValue() ? this.list.value().data : []), ...this.further()]);
  protected readonly more = this.cursor.asReadonly();
  protected readonly memberIds = computed(() => this.members().map((it) => it.id));
  protected readonly uses = resource({
    params: () => (this.manages() ? this.id() : undefined),
    loader: ({ params }) => this.api.uses(params),
  });
  protected readonly rule = computed(() => {
    const { roles = [], domains = [] } = this.group().rule ?? {};
    const named = roles.map((it) => this.words.text(`admin.users.role.${it}`));
    return [
      ...(named.length > 0 ? [this.words.text('admin.groups.ruleRoles', { roles: this.words.either(named) })] : []),
      ...(domains.length > 0 ? [this.words.text('admin.groups.ruleDomains', { domains: this.words.either(domains) })] : []),
    ];
  });

  protected useWords({ kind, role, verb, place }: GroupUse): string {
    const name = place.name;
    if (kind === 'role') {
      const called = role?.name ?? this.words.text(`admin.roles.builtIn.${role?.id}`);
      return this.words.text('admin.groups.use.role', { role: called, place: name });
    }
    return kind === 'gate'
      ? this.words.text(`admin.groups.use.${verb === 'see' ? 'see' : 'book'}`, { place: name })
      : this.words.text('admin.groups.use.approval', { place: name });
  }

  protected putIn(person: KnownPerson | null): Promise<void> {
    if (!person || this.memberIds().includes(person.id)) return Promise.resolve();
    return this.act(async () => {
      this.changed.emit(await this.api.putIn(this.id(), person.id, false));
      this.toasts.done(this.words.text('admin.groups.putIn', { name: person.displayName }));
    });
  }

  protected takeOut(member: Member): Promise<void> {
    const id = this.id();
    return this.act(async () => {
      await this.api.takeOut(id, member.id);
      this.changed.emit(await this.api.one(id));
      const undo = { label: this.words.text('admin.groups.putBack'), run: () => void this.putBack(id, member) };
      this.toasts.done(this.words.text('admin.groups.tookOut', { name: member.displayName }), { actions: [undo] });
    });
  }

  protected delegate(member: Member): Promise<void> {
    return this.act(async () => this.changed.emit(await this.api.putIn(this.id(), member.id, !member.mayAddMembers)));
  }

  protected async loadMore(): Promise<void> {
    const cursor = this.cursor();
    const page = await this.api.members(this.id(), this.q(), cursor);
    this.further.update((all) => [...all, ...page.data]);
    this.cursor.set(page.page.nextCursor);
  }

  private putBack(id: string, member: Member): Promise<void> {
    return this.act(async () => this.changed.emit(await this.api.putIn(id, member.id, member.mayAddMembers)));
  }

  private async act(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.list.reload();
    } catch (error) {
      const problem = toProblem(error);
      this.toasts.failed([this.messages.title(problem), problem.detail].filter(Boolean).join(' '));
    }
  }
}
