import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, computed, inject, resource, signal } from '@angular/core';
import { formatInstant, toInstant } from '@berth/kernel';
import { PersonField } from '@berth/web/booking';
import { ProblemMessages, Session, toProblem, type KnownPerson, type Problem } from '@berth/web/data';
import { DialogFrame, Field, FieldControl, Segments, Select, ZoneChip, type SelectOption } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import { AccessApi, type Assignment, type Place } from '../data/access-api';
import { GroupsApi } from '../data/groups-api';
import { RolesApi } from '../data/roles-api';
import { AssignmentWords } from './assignment-words';

const kinds = ['person', 'group'] as const;
const DAY_MS = 86_400_000;

/** Gives a role to a person or a group at a place, for a time; closes with it. i18n: admin.delegation.to.* admin.delegation.allows.* */
@Component({
  selector: 'berth-give-role-dialog',
  imports: [DialogFrame, Field, FieldControl, PersonField, Segments, Select, TranslatePipe, ZoneChip],
  templateUrl: './give-role-dialog.html',
  styles: `
    .dates {
      display: flex;
      flex-wrap: wrap;
      align-items: end;
      gap: 12px;
    }
  `,
})
export class GiveRoleDialog {
  private readonly api = inject(AccessApi);
  private readonly rolesApi = inject(RolesApi);
  private readonly groupsApi = inject(GroupsApi);
  private readonly session = inject(Session);
  private readonly said = inject(AssignmentWords);
  protected readonly words = inject(AdminWords);
  protected readonly messages = inject(ProblemMessages);
  protected readonly place = inject<Place>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<Assignment>>(DialogRef);
  protected readonly zone = this.session.user()?.organization.timeZone ?? 'UTC';

  protected readonly kinds = computed(() => kinds.map((value) => ({ value, label: this.words.text(`admin.delegation.to.${value}`) })));
  protected readonly kind = signal<(typeof kinds)[number]>('person');
  protected readonly person = signal<KnownPerson | null>(null);
  protected readonly group = signal<string | null>(null);
  protected readonly role = signal<string | null>(null);
  private readonly groups = resource({ loader: () => this.groupsApi.all() });
  private readonly roles = resource({ loader: () => this.rolesApi.roles() });
  private readonly rights = resource({ loader: () => this.rolesApi.permissions() });
  protected readonly groupOptions = computed<readonly SelectOption[]>(() =>
    (this.groups.hasValue() ? this.groups.value() : []).map((it) => ({
      value: it.id,
      label: it.name,
      hint: this.words.number(it.memberCount),
    })),
  );
  /** Roles that allow something there. */
  protected readonly roleOptions = computed<readonly SelectOption[]>(() =>
    (this.roles.hasValue() ? this.roles.value() : [])
      .filter((it) => this.counting(it.permissions).length > 0)
      .map((it) => ({ value: it.id, label: this.said.role(it) })),
  );
  protected readonly allows = computed(() => {
    const role = this.roles.hasValue() ? this.roles.value().find((it) => it.id === this.role()) : undefined;
    return role ? this.counting(role.permissions).map((it) => this.words.text(`admin.roles.may.${it}`)) : [];
  });
  protected readonly isWhole = computed(
    () => this.role() !== null && (this.kind() === 'person' ? this.person() !== null : this.group() !== null),
  );
  protected readonly busy = signal(false);
  protected readonly problem = signal<Problem | null>(null);

  protected async send(event: Event, from: string, until: string): Promise<void> {
    event.preventDefault();
    if (!this.isWhole()) return;
    this.busy.set(true);
    this.problem.set(null);
    const to = this.kind() === 'person' ? { accountId: this.person()!.id } : { groupId: this.group()! };
    const at =
      this.place.kind === 'organization' ? {} : this.place.kind === 'site' ? { siteId: this.place.id } : { resourceId: this.place.id };
    const dates = { ...(from && { from: this.dayStart(from, 0) }), ...(until && { until: this.dayStart(until, 1) }) };
    try {
      this.ref.close(await this.api.give({ roleId: this.role()!, ...to, ...at, ...dates }));
    } catch (error) {
      this.problem.set(toProblem(error));
    } finally {
      this.busy.set(false);
    }
  }

  protected errorOf(field: string): string | null {
    const error = this.problem()?.errorOf(field);
    return error ? this.messages.field(error) : null;
  }

  /** What of a role counts there: away from the organization only what can belong to a place. */
  private counting(permissions: readonly string[]): readonly string[] {
    if (this.place.kind === 'organization') return permissions;
    const placeable = new Set(
      (this.rights.hasValue() ? this.rights.value() : []).filter((it) => it.placeable).map((it) => it.name as string),
    );
    return permissions.filter((it) => placeable.has(it));
  }

  /** Midnight at the beginning of a day, or of one after it, by the organization's clock. @param date `2026-12-04` */
  private dayStart(date: string, later: number): string {
    const day = new Date(Date.parse(`${date}T00:00:00Z`) + later * DAY_MS).toISOString().slice(0, 10);
    return formatInstant(toInstant(`${day}T00:00:00`, this.zone).instant);
  }
}
