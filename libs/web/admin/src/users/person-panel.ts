import { Component, computed, inject, input, output, resource } from '@angular/core';
import { RouterLink } from '@angular/router';
import { HistoryFold } from '@berth/web/audit';
import { Session } from '@berth/web/data';
import { Formats, Icon } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AccessApi } from '../data/access-api';
import { AssignmentList } from '../delegation/assignment-list';
import type { PersonSeen } from './users-api';

/** One person: what is known of them, where they are signed in, and what can be done. i18n: admin.users.role.* admin.users.status.* */
@Component({
  selector: 'berth-person-panel',
  imports: [AssignmentList, HistoryFold, Icon, RouterLink, TranslatePipe],
  template: `
    <div class="head">
      <h2 id="person-name">{{ person().displayName }}</h2>
      <button type="button" class="btn quiet square" [attr.aria-label]="'admin.users.close' | translate" (click)="closed.emit()">
        <svg berthIcon="x" [size]="20"></svg>
      </button>
    </div>
    <dl>
      <dt>{{ 'admin.users.email' | translate }}</dt>
      <dd>
        {{ person().email }}
        @if (!person().emailVerified) {
          <span class="tag">{{ 'admin.users.unverified' | translate }}</span>
        }
      </dd>
      <dt>{{ 'admin.users.username' | translate }}</dt>
      <dd>{{ person().username }}</dd>
      <dt>{{ 'admin.users.roleName' | translate }}</dt>
      <dd>{{ 'admin.users.role.' + person().role | translate }}</dd>
      <dt>{{ 'admin.users.state' | translate }}</dt>
      <dd>{{ 'admin.users.status.' + person().status | translate }}</dd>
      <dt>{{ 'admin.users.secondFactor' | translate }}</dt>
      <dd>{{ secondFactor() | translate: { count: person().secondFactor.passkeys } }}</dd>
    </dl>
    <h3>{{ 'admin.users.roles' | translate }}</h3>
    <berth-assignment-list
      shows="role"
      [label]="'admin.users.roles' | translate"
      [assignments]="roles.hasValue() ? roles.value() : []"
      [empty]="'admin.users.noRoles' | translate"
    />
    <p class="links">
      <a class="link" routerLink="/admin/delegation">{{ 'admin.nav.delegation' | translate }}</a>
      <a class="link" routerLink="/admin/explain" [queryParams]="{ user: person().id }">{{ 'admin.gates.ask' | translate }}</a>
    </p>
    <h3>{{ 'admin.users.sessions' | translate }}</h3>
    <ul>
      @for (it of sessions(); track $index) {
        <li>
          <span class="ellipsis">{{ it.device || ('admin.users.unknownDevice' | translate) }}</span>
          <small class="muted"
            >{{ it.when }}
            @if (it.address) {
              · {{ it.address }}
            }
          </small>
        </li>
      } @empty {
        <li class="muted">{{ 'admin.users.noSessions' | translate }}</li>
      }
    </ul>
    <div class="acts">
      @if (person().status === 'active') {
        <button type="button" class="btn" (click)="linking.emit()">
          <svg berthIcon="key-round"></svg>{{ 'admin.users.passwordLink' | translate }}
        </button>
        <button type="button" class="btn" [disabled]="sessions().length === 0" (click)="signingOut.emit()">
          <svg berthIcon="log-out"></svg>{{ 'admin.users.signOut' | translate }}
        </button>
        @if (!isOneself()) {
          @if (hasSecondFactor()) {
            <button type="button" class="btn" (click)="resetting.emit()">
              <svg berthIcon="shield-check"></svg>{{ 'admin.users.reset' | translate }}
            </button>
          }
          @if (mayStandIn()) {
            <button type="button" class="btn" (click)="standingIn.emit()">
              <svg berthIcon="user-round"></svg>{{ 'admin.users.standIn' | translate }}
            </button>
          }
          <button type="button" class="btn danger" (click)="suspending.emit()">
            <svg berthIcon="ban"></svg>{{ 'admin.users.suspend' | translate }}
          </button>
        }
      } @else {
        <button type="button" class="btn primary" (click)="reactivating.emit()">
          <svg berthIcon="rotate-ccw"></svg>{{ 'admin.users.reactivate' | translate }}
        </button>
      }
    </div>
    <berth-history-fold object="users" [objectId]="person().id" />
    <h3>{{ 'admin.users.data' | translate }}</h3>
    <div class="acts">
      <button type="button" class="btn" (click)="exporting.emit()">
        <svg berthIcon="download"></svg>{{ 'admin.users.export' | translate }}
      </button>
      @if (!isOneself()) {
        <button type="button" class="btn danger" (click)="merging.emit()">
          <svg berthIcon="users-round"></svg>{{ 'admin.users.merge' | translate }}
        </button>
        <button type="button" class="btn danger" (click)="erasing.emit()">
          <svg berthIcon="trash"></svg>{{ 'admin.users.erase' | translate }}
        </button>
      }
    </div>
  `,
  styles: `
    :host {
      display: grid;
      gap: 12px;
    }
    .head {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: 8px;
    }
    h2,
    h3 {
      margin: 0;
      overflow-wrap: anywhere;
    }
    h2 {
      font-size: 18px;
      line-height: 24px;
    }
    h3 {
      font-size: 14px;
    }
    dl {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr);
      gap: 6px 16px;
      margin: 0;
    }
    dt {
      color: var(--muted);
    }
    dd {
      margin: 0;
      overflow-wrap: anywhere;
    }
    .links {
      display: flex;
      flex-wrap: wrap;
      gap: 4px 16px;
      margin: 0;
    }
    li {
      display: grid;
      padding: 6px 0;
      border-top: 1px solid var(--line);
    }
    .acts {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
    }
  `,
})
export class PersonPanel {
  private readonly formats = inject(Formats);
  private readonly session = inject(Session);
  private readonly access = inject(AccessApi);

  readonly person = input.required<PersonSeen>();
  /** Roles besides the one of the account. */
  protected readonly roles = resource({ params: () => this.person().id, loader: ({ params }) => this.access.ofPerson(params) });
  readonly closed = output();
  readonly linking = output();
  readonly signingOut = output();
  readonly resetting = output();
  readonly standingIn = output();
  readonly suspending = output();
  readonly reactivating = output();
  readonly exporting = output();
  readonly merging = output();
  readonly erasing = output();

  protected readonly isOneself = computed(() => this.person().id === this.session.user()?.id);
  protected readonly mayStandIn = computed(() => this.session.mayEverywhere('account:stand-in'));
  protected readonly hasSecondFactor = computed(() => this.person().secondFactor.app || this.person().secondFactor.passkeys > 0);
  /** i18n: admin.users.factor.both admin.users.factor.app admin.users.factor.passkeys admin.users.factor.none */
  protected readonly secondFactor = computed(() => {
    const { app, passkeys } = this.person().secondFactor;
    if (app && passkeys > 0) return 'admin.users.factor.both';
    if (app) return 'admin.users.factor.app';
    return passkeys > 0 ? 'admin.users.factor.passkeys' : 'admin.users.factor.none';
  });
  protected readonly sessions = computed(() =>
    this.person().sessions.map(({ userAgent, address, lastUsedAt }) => ({
      device: deviceOf(userAgent ?? ''),
      address,
      when: this.formats.format(Date.parse(lastUsedAt), this.formats.ownZone(), { dateStyle: 'medium', timeStyle: 'short' }),
    })),
  );
}

/** Browser and system of a `User-Agent`, as far as the usual words tell; whatever else it says is shown as it is, in short. */
function deviceOf(userAgent: string): string {
  const browser = ['Edg', 'OPR', 'Firefox', 'Chrome', 'Safari'].find((it) => userAgent.includes(`${it}/`));
  const system = ['Android', 'iPhone', 'iPad', 'Windows', 'Mac OS X', 'Linux'].find((it) => userAgent.includes(it));
  return browser ? [{ Edg: 'Edge', OPR: 'Opera' }[browser] ?? browser, system].filter(Boolean).join(' · ') : userAgent.slice(0, 60);
}
