import { Component, inject } from '@angular/core';
import { Session } from '@berth/web/data';
import { TranslatePipe } from '@ngx-translate/core';
import { EmailCard } from './email-card';
import { PasswordCard } from './password-card';
import { PreferencesCard } from './preferences-card';

/** `/me/profile`: what a person chooses for themselves. */
@Component({
  selector: 'berth-profile-page',
  imports: [EmailCard, PasswordCard, PreferencesCard, TranslatePipe],
  template: `
    <h1>{{ 'profile.page' | translate }}</h1>
    <p class="muted">{{ session.user()?.displayName }} · {{ session.user()?.username }}</p>
    <berth-preferences-card />
    @if (session.may('account:secure')) {
      <berth-password-card />
      <berth-email-card />
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 16px;
      max-width: 820px;
    }
    p {
      margin: 0;
    }
  `,
})
export class ProfilePage {
  protected readonly session = inject(Session);
}
