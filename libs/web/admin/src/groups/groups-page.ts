import { Component, computed, effect, inject, signal, untracked } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router } from '@angular/router';
import { ProblemMessages, Session, toProblem, type Problem } from '@berth/web/data';
import { Dialogs, EmptyState, ErrorPanel, Icon, Skeleton, Toasts } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import { type Group, type GroupUse, GroupsApi } from '../data/groups-api';
import { GroupDialog } from './group-dialog';
import { GroupPanel } from './group-panel';
import { RemoveGroupDialog } from './remove-group-dialog';

const typingMs = 250;

/** `/admin/groups`: people who share gates, approvals or roles. i18n: admin.groups.kind.* */
@Component({
  selector: 'berth-groups-page',
  imports: [EmptyState, ErrorPanel, GroupPanel, Icon, Skeleton, TranslatePipe],
  templateUrl: './groups-page.html',
  styleUrl: '../users/users-page.css',
  host: { class: 'page' },
})
export class GroupsPage {
  private readonly api = inject(GroupsApi);
  private readonly router = inject(Router);
  private readonly route = inject(ActivatedRoute);
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly messages = inject(ProblemMessages);
  private readonly session = inject(Session);
  private readonly params = toSignal(this.route.queryParamMap, { initialValue: this.route.snapshot.queryParamMap });
  protected readonly words = inject(AdminWords);

  protected readonly q = computed(() => this.params().get('q') ?? '');
  private readonly id = computed(() => this.params().get('id'));
  protected readonly groups = signal<readonly Group[]>([]);
  protected readonly more = signal<string | null>(null);
  protected readonly isLoading = signal(true);
  protected readonly problem = signal<Problem | null>(null);
  protected readonly shown = signal<Group | null>(null);
  protected readonly manages = computed(() => this.session.may('group:manage'));
  private typing: ReturnType<typeof setTimeout> | undefined;
  private turn = 0;

  constructor() {
    effect(() => {
      const q = this.q();
      untracked(() => void this.load(q, null));
    });
    effect(() => {
      const id = this.id();
      untracked(() => void this.show(id));
    });
  }

  protected search(text: string): void {
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.go({ q: text.trim() || null }), typingMs);
  }

  protected open(id: string | null): void {
    this.go({ id });
  }

  protected add(): void {
    this.dialogs.open<Group>(GroupDialog, { size: 'narrow' }).closed.subscribe((group) => {
      if (!group) return;
      this.toasts.done(this.words.text('admin.groups.added', { name: group.name }));
      void this.load(this.q(), null);
      this.open(group.id);
    });
  }

  protected change(group: Group): void {
    this.dialogs.open<Group>(GroupDialog, { data: group, size: 'narrow' }).closed.subscribe((changed) => changed && this.adopt(changed));
  }

  protected remove(group: Group, uses: readonly GroupUse[]): void {
    this.dialogs.open<'remove'>(RemoveGroupDialog, { data: { group, uses }, size: 'narrow' }).closed.subscribe((answer) => {
      if (answer === 'remove') void this.removeNow(group);
    });
  }

  protected adopt(group: Group): void {
    this.shown.set(group);
    this.groups.update((all) => all.map((it) => (it.id === group.id ? group : it)));
  }

  protected async load(q: string, cursor: string | null): Promise<void> {
    const turn = ++this.turn;
    this.isLoading.set(true);
    this.problem.set(null);
    try {
      const page = await this.api.groups(q, cursor);
      if (turn !== this.turn) return;
      this.groups.update((all) => [...(cursor === null ? [] : all), ...page.data]);
      this.more.set(page.page.nextCursor);
    } catch (error) {
      if (turn === this.turn) this.problem.set(toProblem(error));
    } finally {
      if (turn === this.turn) this.isLoading.set(false);
    }
  }

  private async removeNow(group: Group): Promise<void> {
    try {
      await this.api.remove(group);
      this.toasts.done(this.words.text('admin.groups.removed', { name: group.name }));
      this.groups.update((all) => all.filter((it) => it.id !== group.id));
      this.open(null);
    } catch (error) {
      const problem = toProblem(error);
      this.toasts.failed([this.messages.title(problem), problem.detail].filter(Boolean).join(' '));
      if (problem.code === 'precondition-failed') await this.show(group.id);
    }
  }

  private async show(id: string | null): Promise<void> {
    if (id === null) return this.shown.set(null);
    try {
      this.shown.set(await this.api.one(id));
    } catch (error) {
      this.shown.set(null);
      this.problem.set(toProblem(error));
    }
  }

  private go(queryParams: Readonly<Record<string, string | null>>): void {
    void this.router.navigate([], { relativeTo: this.route, queryParams, queryParamsHandling: 'merge' });
  }
}
