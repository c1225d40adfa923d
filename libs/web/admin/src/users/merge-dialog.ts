import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, computed, inject, resource, signal } from '@angular/core';
import { PersonField } from '@berth/web/booking';
import { ProblemMessages, Session, toProblem, type KnownPerson, type Problem } from '@berth/web/data';
import { DialogFrame, Field, FieldControl, Skeleton } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import { type Merge, type Person, UsersApi } from './users-api';

/** What is counted under one word; what is in none of them is told together. */
const goesOver = {
  reservations: ['reservations'],
  series: ['series'],
  waitlist: ['waitlist'],
  approvals: ['approvalSteps', 'policies'],
  groups: ['groups'],
  roles: ['roles'],
  assignments: ['assignments'],
  identities: ['linkedIdentities'],
  keys: ['sshKeys'],
} as const;
const ends = { sessions: ['sessions', 'trustedDevices'], passkeys: ['passkeys'], tokens: ['tokens', 'programsLetIn'] } as const;

/**
 * Asks which account of a person stays, says what goes over and what ends, and asks for the name of the account that goes before it
 * does it; closes with what was done. i18n: admin.users.merged.moves.* admin.users.merged.ends.*
 */
@Component({
  selector: 'berth-merge-dialog',
  imports: [DialogFrame, Field, FieldControl, PersonField, Skeleton, TranslatePipe],
  template: `
    <berth-dialog-frame [heading]="'admin.users.mergeTitle' | translate: { name: person.displayName }" [subtitle]="person.username">
      <form class="stack" id="merge" autocomplete="off" novalidate (submit)="send($event)">
        <div role="alert">
          @if (refusal(); as said) {
            <p class="note error">{{ said }}</p>
          }
        </div>
        <p>{{ 'admin.users.mergeText' | translate: { username: person.username } }}</p>
        <berth-field [label]="'admin.users.mergeInto' | translate" [hint]="stays()?.email ?? null">
          <berth-person-field
            [label]="'admin.users.mergeInto' | translate"
            [person]="stays()"
            [without]="without"
            (picked)="stays.set($event)"
          />
        </berth-field>
        <div role="status">
          @if (shown(); as it) {
            @for (list of it.lists; track list.key) {
              <h3>{{ 'admin.users.merged.' + list.key + '.title' | translate }}</h3>
              <dl>
                @for (line of list.lines; track line.word) {
                  <div>
                    <dt>{{ 'admin.users.merged.' + list.key + '.' + line.word | translate }}</dt>
                    <dd>{{ line.count }}</dd>
                  </div>
                } @empty {
                  <div>
                    <dt class="muted">{{ 'admin.users.merged.nothing' | translate }}</dt>
                  </div>
                }
              </dl>
            }
            <ul class="consequences">
              @for (line of it.consequences; track line) {
                <li>{{ line }}</li>
              }
            </ul>
          } @else if (preview.isLoading()) {
            <berth-skeleton [rows]="3" [height]="20" />
          }
        </div>
        @if (preview.hasValue() && preview.value().wasSuspended) {
          <label class="check">
            <input type="checkbox" name="even-suspended" [checked]="evenSuspended()" (change)="evenSuspended.set(!evenSuspended())" />
            <span>{{ 'admin.users.mergeSuspended' | translate }}</span>
          </label>
        }
        <berth-field
          [label]="'admin.users.reason' | translate"
          [note]="'admin.optional' | translate"
          [hint]="'admin.users.mergeReasonHint' | translate"
        >
          <input #why berthControl class="wide" name="reason" maxlength="500" (input)="reason.set(why.value)" />
        </berth-field>
        <berth-field [label]="'admin.users.mergeTypeName' | translate: { name: person.username }">
          <input #typed berthControl class="wide" name="typed-name" (input)="name.set(typed.value)" />
        </berth-field>
      </form>
      <button dialogActions type="button" class="btn" (click)="ref.close()">{{ 'admin.users.back' | translate }}</button>
      <button dialogActions type="submit" form="merge" class="btn danger" [disabled]="busy() || !isWhole()">
        {{ 'admin.users.mergeNow' | translate }}
      </button>
    </berth-dialog-frame>
  `,
  styleUrl: './grave-dialog.css',
  styles: `
    [role='status'] {
      display: grid;
      gap: 8px;
    }
    h3 {
      margin: 0;
      font-size: 14px;
    }
    dl {
      display: grid;
      margin: 0;
    }
    dl div {
      display: flex;
      justify-content: space-between;
      gap: 16px;
      padding: 4px 0;
      border-top: 1px solid var(--line);
    }
    dd {
      margin: 0;
      font-variant-numeric: tabular-nums;
    }
  `,
})
export class MergeDialog {
  private readonly api = inject(UsersApi);
  private readonly messages = inject(ProblemMessages);
  private readonly words = inject(AdminWords);
  protected readonly person = inject<Person>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<Merge>>(DialogRef);

  /** Nobody merges their own account. */
  protected readonly without = [this.person.id, inject(Session).user()?.id ?? ''];
  protected readonly stays = signal<KnownPerson | null>(null);
  protected readonly evenSuspended = signal(false);
  protected readonly reason = signal('');
  protected readonly name = signal('');
  protected readonly busy = signal(false);
  private readonly problem = signal<Problem | null>(null);
  protected readonly preview = resource({
    params: () => this.stays()?.id,
    loader: ({ params }) => this.api.whatWouldMerge(this.person.id, params),
  });
  protected readonly shown = computed(() => {
    if (!this.preview.hasValue()) return null;
    const merge = this.preview.value();
    const lists = [
      { key: 'moves', lines: this.lines(merge.moves, goesOver) },
      { key: 'ends', lines: this.lines(merge.ends, ends) },
    ];
    return { lists, consequences: this.consequences(merge) };
  });
  protected readonly isWhole = computed(() => {
    const isMeant = this.preview.hasValue() && (!this.preview.value().wasSuspended || this.evenSuspended());
    return isMeant && this.name().trim() === this.person.username;
  });
  protected readonly refusal = computed(() => {
    const problem = this.problem() ?? (this.preview.error() ? toProblem(this.preview.error()) : null);
    return problem === null ? null : [this.messages.title(problem), problem.detail].filter(Boolean).join(' ');
  });

  /** What there is of each, and last what has no word of its own. */
  private lines(counts: Merge['moves'], words: Readonly<Record<string, readonly string[]>>): { word: string; count: string }[] {
    const named = Object.entries(words).map(([word, kinds]) => ({ word, n: kinds.reduce((sum, kind) => sum + (counts[kind] ?? 0), 0) }));
    const all = Object.values(counts).reduce((sum, n) => sum + n, 0);
    const others = all - named.reduce((sum, it) => sum + it.n, 0);
    return [...named, { word: 'others', n: others }].filter((it) => it.n > 0).map(({ word, n }) => ({ word, count: this.words.number(n) }));
  }

  private consequences({ into, role, same }: Merge): string[] {
    const twice = Object.values(same).reduce((sum, n) => sum + n, 0);
    const name = into.displayName;
    return [
      this.words.text('admin.users.mergeWaysIn', { username: this.person.username, name }),
      ...(twice === 0 ? [] : [this.words.count('admin.users.mergeSame.', twice)]),
      ...(role.before === role.after
        ? []
        : [this.words.text('admin.users.mergeRole', { name, role: this.words.text(`admin.users.role.${role.after}`) })]),
    ];
  }

  protected async send(event: Event): Promise<void> {
    event.preventDefault();
    const into = this.stays()?.id;
    if (into === undefined || !this.isWhole() || this.busy()) return;
    this.busy.set(true);
    this.problem.set(null);
    const reason = this.reason().trim();
    try {
      const wish = { into, ...(this.evenSuspended() && { evenSuspended: true }), ...(reason && { reason }) };
      this.ref.close(await this.api.merge(this.person.id, wish));
    } catch (error) {
      this.problem.set(toProblem(error));
    } finally {
      this.busy.set(false);
    }
  }
}
