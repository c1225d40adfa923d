import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, computed, inject, signal } from '@angular/core';
import { tokenScopes } from '@berth/contracts';
import { PlacesField } from '@berth/web/booking';
import { ProblemMessages, Session, toProblem, type Problem } from '@berth/web/data';
import { DialogFrame, Field, FieldControl } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { comesBack, draftOf, type ClientDraft, fitsPlaces, fitsType, type Grant, grants, wishOf, wordOf } from './client-draft';
import { type Client, ClientsApi, type ShownSecret } from './clients-api';

const types = ['confidential', 'public'] as const;

/** Registers a program, or changes what it is registered for; closes with what is shown once, or `changed`. i18n: admin.clients.type.* admin.clients.grant.* admin.roles.may.* */
@Component({
  selector: 'berth-client-dialog',
  imports: [DialogFrame, Field, FieldControl, PlacesField, TranslatePipe],
  templateUrl: './client-dialog.html',
  styleUrl: './client-dialog.css',
})
export class ClientDialog {
  private readonly api = inject(ClientsApi);
  private readonly session = inject(Session);
  private readonly messages = inject(ProblemMessages);
  protected readonly ref = inject<DialogRef<ShownSecret | 'changed'>>(DialogRef);
  /** null where a new one is registered. */
  protected readonly client = inject<{ readonly client: Client | null }>(DIALOG_DATA).client;

  protected readonly types = types;
  protected readonly wordOf = wordOf;
  protected readonly draft = signal<ClientDraft>(draftOf(this.client));
  protected readonly grants = computed(() => grants.filter((it) => fitsType(it, this.draft().type)));
  protected readonly comesBack = computed(() => comesBack(this.draft()));
  /** Rights one holds oneself, and what it has already. */
  protected readonly scopes = computed(() =>
    tokenScopes.filter((it) => (this.session.may(it) || this.client?.scopes.includes(it)) && fitsPlaces(it, this.draft().places)),
  );
  protected readonly busy = signal(false);
  protected readonly problem = signal<Problem | null>(null);
  /** What is said above the form: whatever no field says. */
  protected readonly refusal = computed(() => {
    const problem = this.problem();
    return problem === null || problem.errors.some((it) => /^\/(name|redirectUris|grantTypes|scopes|perMinute|places)/.test(it.pointer))
      ? null
      : this.messages.title(problem);
  });

  protected errorOf(field: string): string | null {
    const error = this.problem()?.errors.find((it) => it.pointer.startsWith(`/${field}`));
    return error ? this.messages.field(error) : null;
  }

  protected set(patch: Partial<ClientDraft>): void {
    this.draft.update((it) => ({ ...it, ...patch }));
  }

  protected toggleGrant(grant: Grant, isOn: boolean): void {
    this.set({ grantTypes: toggled(this.draft().grantTypes, grant, isOn) });
  }

  protected toggleScope(scope: string, isOn: boolean): void {
    this.set({ scopes: toggled(this.draft().scopes, scope, isOn) });
  }

  protected async send(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy()) return;
    const form = event.currentTarget as HTMLFormElement;
    this.busy.set(true);
    this.problem.set(null);
    try {
      const { type, ...settings } = wishOf(this.draft());
      if (this.client === null) this.ref.close(await this.api.register({ ...settings, type }));
      else {
        await this.api.change(this.client, settings);
        this.ref.close('changed');
      }
    } catch (error) {
      this.problem.set(toProblem(error));
      setTimeout(() => form.querySelector<HTMLElement>('[aria-invalid=true], .error')?.scrollIntoView({ block: 'center' }));
      setTimeout(() => form.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
    } finally {
      this.busy.set(false);
    }
  }
}

function toggled<T>(set: ReadonlySet<T>, one: T, isOn: boolean): ReadonlySet<T> {
  const all = new Set(set);
  if (isOn) all.add(one);
  else all.delete(one);
  return all;
}
