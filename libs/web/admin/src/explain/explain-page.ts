import { Component, computed, effect, inject, resource, signal, untracked } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router, RouterLink } from '@angular/router';
import { PersonField } from '@berth/web/booking';
import { Session, toProblem, type KnownPerson } from '@berth/web/data';
import { ErrorPanel, Field, Icon, Select, Skeleton, type SelectOption } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import { AccessApi, type Explanation, type Place, scopeOf } from '../data/access-api';
import { Catalogue } from '../data/catalogue';
import { ResourcesApi } from '../data/resources-api';
import { RolesApi, type Right } from '../data/roles-api';
import { AssignmentWords } from '../delegation/assignment-words';
import { PlaceField } from './place-field';

/** What a place is called until its name is there. */
const UNNAMED = '…';

/** One link of the chain that leads to the answer. */
interface Reason {
  readonly isGood: boolean;
  readonly text: string;
}

/** `/admin/explain`: why somebody can or cannot do something somewhere. i18n: admin.roles.may.* admin.explain.gate.* */
@Component({
  selector: 'berth-explain-page',
  imports: [ErrorPanel, Field, Icon, PersonField, PlaceField, RouterLink, Select, Skeleton, TranslatePipe],
  templateUrl: './explain-page.html',
  styleUrl: './explain-page.css',
  host: { class: 'page' },
})
export class ExplainPage {
  private readonly api = inject(AccessApi);
  private readonly rolesApi = inject(RolesApi);
  private readonly resources = inject(ResourcesApi);
  private readonly catalogue = inject(Catalogue);
  private readonly session = inject(Session);
  private readonly router = inject(Router);
  private readonly route = inject(ActivatedRoute);
  private readonly assignmentWords = inject(AssignmentWords);
  protected readonly words = inject(AdminWords);
  private readonly params = toSignal(this.route.queryParamMap, { initialValue: this.route.snapshot.queryParamMap });

  protected readonly person = signal<KnownPerson | null>(null);
  protected readonly place = signal<Place | null>(null);
  protected readonly scope = computed(() => this.params().get('scope') ?? 'organization');
  protected readonly right = computed(() => this.params().get('permission') ?? 'reservation:create');
  private readonly user = computed(() => this.params().get('user'));
  private readonly rights = resource({ loader: () => this.rolesApi.permissions() });
  protected readonly options = computed<readonly SelectOption[]>(() =>
    (this.rights.hasValue() ? this.rights.value() : []).map((it) => ({ value: it.name, label: this.rightWords(it.name) })),
  );
  protected readonly answer = resource({
    params: () => {
      const user = this.user();
      return user === null ? undefined : { user, right: this.right(), scope: this.scope() };
    },
    loader: ({ params }) => this.api.explain(params.user, params.right as Right, params.scope),
  });
  protected readonly failed = computed(() => {
    const error = this.answer.error();
    return error ? toProblem(error) : null;
  });
  protected readonly reasons = computed<readonly Reason[]>(() => (this.answer.hasValue() ? this.chain(this.answer.value()) : []));

  constructor() {
    void this.catalogue.load();
    effect(() => {
      const scope = this.scope();
      const sites = this.catalogue.sites();
      untracked(() => void this.namePlace(scope, sites));
    });
    effect(() => {
      const user = this.user();
      untracked(() => void this.namePerson(user));
    });
  }

  protected sentence(answer: Explanation): string {
    const values = { name: this.person()?.displayName ?? '…', right: this.rightWords(answer.permission), place: this.place()?.name ?? '…' };
    return this.words.text(answer.allowed ? 'admin.explain.yes' : 'admin.explain.no', values);
  }

  protected roleNames(answer: Explanation): string {
    return this.words.either(answer.roles.map((it) => this.assignmentWords.role(it)));
  }

  protected grantorNames(answer: Explanation): string {
    return this.words.either(answer.grantors.map((it) => it.name));
  }

  protected elsewhere(answer: Explanation): readonly string[] {
    return answer.elsewhere.map((it) => this.assignmentWords.whole(it));
  }

  protected choosePerson(person: KnownPerson | null): void {
    this.person.set(person);
    this.go({ user: person?.id ?? null });
  }

  protected choosePlace(place: Place): void {
    this.place.set(place);
    this.go({ scope: scopeOf(place) });
  }

  protected go(queryParams: Readonly<Record<string, string | null>>): void {
    void this.router.navigate([], { relativeTo: this.route, queryParams, queryParamsHandling: 'merge' });
  }

  /** What allows it or is missing first, then each gate that stands in the way or is passed. */
  private chain(answer: Explanation): readonly Reason[] {
    const role = answer.byRole;
    const held = [
      ...(role === null ? [] : [this.words.text('admin.explain.byRole', { role: this.words.text(`admin.roles.builtIn.${role}`) })]),
      ...answer.assignments.map((it) => this.assignmentWords.whole(it)),
    ];
    const gates = answer.gates.map((gate) => {
      const isPassed = gate.isOpen || (gate.verb === 'see' && answer.sees === true);
      const groups = this.words.either(gate.groups.map((it) => it.name));
      const kind = gate.mode === 'groups' && gate.groups.length === 0 ? 'nobody' : gate.mode;
      const text = this.words.text(`admin.explain.gate.${gate.verb}.${kind}`, { place: gate.place.name, groups });
      const member = gate.groups.filter((it) => it.isIn).map((it) => it.name);
      const why = gate.isOpen
        ? member.length > 0
          ? this.words.text('admin.explain.isIn', { groups: this.words.list(member) })
          : ''
        : this.words.text(isPassed ? 'admin.explain.roleShows' : kind === 'groups' ? 'admin.explain.isNotIn' : 'admin.explain.shut');
      return { isGood: isPassed, text: [text, why].filter(Boolean).join(' ') };
    });
    return [
      ...(held.length > 0
        ? held.map((text) => ({ isGood: true, text }))
        : [{ isGood: false, text: this.words.text('admin.explain.noRight') }]),
      ...gates,
      ...(answer.sees === false && gates.every((it) => it.isGood)
        ? [{ isGood: false, text: this.words.text('admin.explain.hidden') }]
        : []),
    ];
  }

  private rightWords(right: string): string {
    return this.words.text(`admin.roles.may.${right}`);
  }

  private async namePerson(user: string | null): Promise<void> {
    if (user === null || this.person()?.id === user) return;
    this.person.set(await this.resourcesPerson(user));
  }

  /** Somebody a link named; who may not look people up reads no name. */
  private async resourcesPerson(id: string): Promise<KnownPerson | null> {
    const found = await this.api.person(id).catch(() => null);
    return found === null ? null : { id, displayName: found.displayName, email: found.email };
  }

  private async namePlace(scope: string, sites: readonly { readonly id: string; readonly name: string }[]): Promise<void> {
    const [kind, id = ''] = scope.split(':');
    const known = this.place();
    if (known !== null && known.name !== UNNAMED && scopeOf(known) === scope) return;
    const organization = this.session.user()?.organization;
    if (kind === 'organization') return this.place.set(organization ? { kind, id: organization.id, name: organization.name } : null);
    if (kind === 'site') return this.place.set({ kind, id, name: sites.find((it) => it.id === id)?.name ?? UNNAMED });
    const found = await this.resources.one(id).catch(() => null);
    if (this.scope() === scope) this.place.set({ kind: 'resource', id, name: found?.name ?? UNNAMED });
  }
}
