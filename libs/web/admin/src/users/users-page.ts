import { Component, computed, effect, inject, signal, untracked } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router } from '@angular/router';
import { ProblemMessages, toProblem } from '@berth/web/data';
import { Dialogs, EmptyState, ErrorPanel, Formats, Icon, Segments, Skeleton, Toasts } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import { EraseDialog } from './erase-dialog';
import { ExportDialog } from './export-dialog';
import { InviteDialog } from './invite-dialog';
import { LinkDialog } from './link-dialog';
import { MergeDialog } from './merge-dialog';
import { PersonPanel } from './person-panel';
import { ResetSecondFactorDialog } from './reset-second-factor-dialog';
import { StandInDialog } from './stand-in-dialog';
import { SuspendDialog } from './suspend-dialog';
import {
  type Erasure,
  type Invitation,
  type Leaving,
  type Merge,
  type PersonSeen,
  type Sent,
  type UserFilter,
  UsersApi,
} from './users-api';
import { type MergedInto, UsersState } from './users-state';

const filters = ['active', 'suspended', 'invited'] as const;
const typingMs = 250;

/** `/admin/users`: who is here, who was asked to join, and what is done with them. i18n: admin.users.filter.* admin.users.empty.* */
@Component({
  selector: 'berth-users-page',
  imports: [EmptyState, ErrorPanel, Icon, PersonPanel, Segments, Skeleton, TranslatePipe],
  providers: [UsersState],
  templateUrl: './users-page.html',
  styleUrl: './users-page.css',
  host: { class: 'page' },
})
export class UsersPage {
  private readonly api = inject(UsersApi);
  private readonly router = inject(Router);
  private readonly route = inject(ActivatedRoute);
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly formats = inject(Formats);
  private readonly messages = inject(ProblemMessages);
  private readonly words = inject(AdminWords);
  private readonly params = toSignal(this.route.queryParamMap, { initialValue: this.route.snapshot.queryParamMap });
  protected readonly users = inject(UsersState);

  protected readonly filter = computed<UserFilter>(() => filters.find((it) => it === this.params().get('state')) ?? 'active');
  protected readonly q = computed(() => this.params().get('q') ?? '');
  private readonly id = computed(() => this.params().get('id'));
  protected readonly filters = computed(() => filters.map((value) => ({ value, label: this.words.text(`admin.users.filter.${value}`) })));
  protected readonly isEmpty = computed(() => this.users.people().length + this.users.invitations().length === 0);
  /** For those who hear the list. */
  protected readonly said = signal('');
  private typing: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    effect(() => {
      const [filter, q] = [this.filter(), this.q()];
      untracked(() => void this.reload(filter, q));
    });
    effect(() => {
      const id = this.id();
      untracked(() => void this.users.open(id).then((into) => into && this.leadOn(into)));
    });
  }

  protected show(state: UserFilter): void {
    this.go({ state: state === 'active' ? null : state, id: null });
  }

  protected search(text: string): void {
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.go({ q: text.trim() || null }), typingMs);
  }

  protected open(id: string | null): void {
    this.go({ id });
  }

  protected invitedWords(it: Invitation): string {
    const until = this.formats.format(Date.parse(it.expiresAt), this.formats.ownZone(), { dateStyle: 'medium' });
    const by = it.invitedBy?.displayName ?? this.words.text('admin.somebody');
    return this.words.text(it.expired ? 'admin.users.invitedExpired' : 'admin.users.invitedBy', { by, until });
  }

  protected invite(): void {
    this.dialogs.open<Sent>(InviteDialog, { size: 'narrow' }).closed.subscribe((sent) => {
      if (!sent) return;
      this.handed(sent, 'admin.users.invited');
      this.show('invited');
      void this.users.load();
    });
  }

  protected resend(it: Invitation): Promise<void> {
    return this.act(async () => this.handed(await this.api.resend(it.id), 'admin.users.invited'));
  }

  protected withdraw(it: Invitation): Promise<void> {
    return this.act(async () => {
      await this.api.withdraw(it.id);
      this.toasts.done(this.words.text('admin.users.withdrawn', { email: it.email }));
    });
  }

  protected link(person: PersonSeen): Promise<void> {
    return this.act(async () => this.handed(await this.api.passwordLink(person.id), 'admin.users.linkMailed'));
  }

  protected signOut(person: PersonSeen): Promise<void> {
    return this.act(async () => {
      await this.api.signOut(person.id);
      this.toasts.done(this.words.text('admin.users.signedOut', { name: person.displayName }));
    });
  }

  protected reactivate(person: PersonSeen): Promise<void> {
    return this.act(async () => {
      await this.api.reactivate(person.id);
      this.toasts.done(this.words.text('admin.users.reactivated', { name: person.displayName }));
    });
  }

  protected reset(person: PersonSeen): void {
    this.dialogs.open<boolean>(ResetSecondFactorDialog, { data: person, size: 'narrow' }).closed.subscribe((done) => {
      if (!done) return;
      this.toasts.done(this.words.text('admin.users.resetDone', { name: person.displayName }));
      void this.refresh();
    });
  }

  protected standIn(person: PersonSeen): void {
    this.dialogs.open(StandInDialog, { data: person, size: 'narrow' });
  }

  protected suspend(person: PersonSeen): void {
    this.dialogs.open<Leaving>(SuspendDialog, { data: person, size: 'narrow' }).closed.subscribe((done) => {
      if (!done) return;
      const kept = done.reservations.filter((it) => it.detail !== null).length;
      this.toasts.done(this.words.text('admin.users.suspended', { name: person.displayName }));
      if (kept > 0) this.toasts.failed(this.words.text('admin.users.someKept', { count: kept }));
      void this.refresh();
    });
  }

  protected export(person: PersonSeen): void {
    this.dialogs.open(ExportDialog, { data: person, size: 'narrow', staysOpen: true });
  }

  protected erase(person: PersonSeen): void {
    this.dialogs.open<Erasure>(EraseDialog, { data: person }).closed.subscribe((done) => {
      if (!done) return;
      this.toasts.done(this.words.text('admin.users.erased', { name: person.displayName, anonymous: this.words.number(done.anonymous) }));
      this.open(null);
      void this.users.load();
    });
  }

  protected merge(person: PersonSeen): void {
    this.dialogs.open<Merge>(MergeDialog, { data: person }).closed.subscribe((done) => {
      if (!done) return;
      this.toasts.done(this.words.text('admin.users.mergeDone', { username: person.username, name: done.into.displayName }));
      this.go({ id: done.into.id, state: null });
      void this.users.load();
    });
  }

  /** An address of an account that was merged goes on to the one that stayed. */
  private leadOn(into: MergedInto): void {
    this.toasts.done(this.words.text('admin.users.mergedInto', { name: into.displayName }));
    this.open(into.id);
  }

  private handed({ link }: Sent, mailed: string): void {
    if (link === null) this.toasts.done(this.words.text(mailed));
    else this.dialogs.open(LinkDialog, { data: { link }, size: 'narrow' });
  }

  private async act(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      await this.refresh();
    } catch (error) {
      this.toasts.failed(this.messages.title(toProblem(error)));
    }
  }

  private async refresh(): Promise<void> {
    await Promise.all([this.users.load(), this.users.open(this.id())]);
  }

  private async reload(filter: UserFilter, q: string): Promise<void> {
    await this.users.load(filter, q);
    this.said.set(this.words.text('admin.users.count', { count: this.users.people().length + this.users.invitations().length }));
  }

  private go(queryParams: Readonly<Record<string, string | null>>): void {
    void this.router.navigate([], { relativeTo: this.route, queryParams, queryParamsHandling: 'merge' });
  }
}
