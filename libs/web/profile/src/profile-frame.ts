import { Component, computed, inject } from '@angular/core';
import { RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { Session } from '@berth/web/data';
import { InView } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';

const pages: readonly { readonly path: string; readonly name: string; readonly isWayIn?: true }[] = [
  { path: '/me/profile', name: 'profile.page' },
  { path: '/me/notifications', name: 'profile.notifications.page' },
  { path: '/me/security', name: 'profile.security.page', isWayIn: true },
  { path: '/me/tokens', name: 'profile.tokens.page', isWayIn: true },
  { path: '/me/ssh-keys', name: 'profile.sshKeys.page', isWayIn: true },
  { path: '/me/quotas', name: 'profile.quotas.page' },
  { path: '/me/activity', name: 'profile.activity' },
  { path: '/me/privacy', name: 'profile.privacy.page' },
];

/** The pages of one's own account, above each of them. i18n: profile.page profile.notifications.page profile.security.page profile.tokens.page profile.sshKeys.page profile.quotas.page profile.activity profile.privacy.page */
@Component({
  selector: 'berth-profile-frame',
  imports: [InView, RouterLink, RouterLinkActive, RouterOutlet, TranslatePipe],
  host: { class: 'page' },
  template: `
    <nav [attr.aria-label]="'profile.pages' | translate">
      @for (page of pages(); track page.path) {
        <a
          #link="routerLinkActive"
          [routerLink]="page.path"
          [berthInView]="link.isActive"
          routerLinkActive="on"
          ariaCurrentWhenActive="page"
          >{{ page.name | translate }}</a
        >
      }
    </nav>
    <router-outlet />
  `,
  styles: `
    router-outlet {
      position: absolute;
    }
    nav {
      display: flex;
      gap: 4px;
      border-bottom: 1px solid var(--line);
      overflow-x: auto;
    }
    a {
      display: flex;
      align-items: center;
      min-height: 36px;
      padding: 4px 10px;
      border-bottom: 2px solid transparent;
      margin-bottom: -1px;
      color: var(--muted);
      font-weight: 550;
      text-decoration: none;
      white-space: nowrap;
    }
    a:hover {
      color: var(--text);
    }
    a:focus-visible {
      outline-offset: -2px;
    }
    a.on {
      color: var(--accent);
      border-bottom-color: var(--accent);
    }
    @media (max-width: 719px) {
      a {
        min-height: 44px;
      }
    }
  `,
})
export class ProfileFrame {
  private readonly session = inject(Session);
  /** Without the ways in where somebody else acts as the person. */
  protected readonly pages = computed(() => pages.filter((it) => !it.isWayIn || this.session.may('account:secure')));
}
