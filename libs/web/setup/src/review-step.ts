import { Component, computed, inject, output, signal } from '@angular/core';
import { Session, SetupApi, newIdempotencyKey, toProblem, type Problem, type UploadResult } from '@berth/web/data';
import { ErrorPanel, Field, Formats, Icon, PasswordInput, Skeleton } from '@berth/web/ui';
import { TranslatePipe, TranslateService } from '@ngx-translate/core';
import { SetupDraft, type Step } from './setup-draft';

const shownFailures = 8;

/** Everything once more, then the set-up itself and the import. */
@Component({
  selector: 'berth-review-step',
  imports: [TranslatePipe, ErrorPanel, Field, PasswordInput, Skeleton, Icon],
  templateUrl: './review-step.html',
  styleUrl: './step.css',
})
export class ReviewStep {
  private readonly api = inject(SetupApi);
  private readonly session = inject(Session);
  private readonly formats = inject(Formats);
  private readonly translate = inject(TranslateService);
  private readonly key = newIdempotencyKey();
  protected readonly draft = inject(SetupDraft);

  readonly busy = output<boolean>();
  /** Berth is set up; there is no way back from here. */
  readonly settled = output();
  readonly done = output();
  /** The person wants to change what an earlier step asked. */
  readonly revise = output<Step>();
  readonly refuse = output<Problem>();

  protected readonly phase = signal<'asking' | 'working' | 'importing' | 'done'>('asking');
  protected readonly problem = signal<Problem | null>(null);
  protected readonly upload = signal<UploadResult | null>(null);
  protected readonly passwordMissing = signal(false);
  // After a reload the password is gone; it is asked for here rather than kept anywhere.
  protected readonly asksPassword = this.draft.password() === '';
  protected readonly failures = computed(() => this.upload()?.failed.slice(0, shownFailures) ?? []);
  protected readonly lines = computed(() => this.describe());

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.phase() === 'done') return this.done.emit();
    this.passwordMissing.set(this.draft.password() === '');
    if (this.passwordMissing()) return;
    const lostFile = this.draft.answers().startData === 'csv' && this.draft.file() === null;
    if (lostFile) return this.revise.emit('data');
    await this.run();
  }

  private async run(): Promise<void> {
    this.phase.set('working');
    this.problem.set(null);
    this.busy.emit(true);
    const { username, startData } = this.draft.answers();
    try {
      await this.api.initialize(this.draft.request(), this.key);
      await this.session.signIn(username, this.draft.password());
      this.draft.forget();
      this.settled.emit();
    } catch (error) {
      this.phase.set('asking');
      const problem = toProblem(error);
      this.problem.set(problem);
      this.refuse.emit(problem);
      return;
    } finally {
      this.busy.emit(false);
    }
    if (startData === 'csv') await this.importFile();
    else this.done.emit();
  }

  private async importFile(): Promise<void> {
    const file = this.draft.file();
    if (file === null) return;
    this.phase.set('importing');
    try {
      this.upload.set(await this.api.uploadResources(file));
    } catch (error) {
      this.problem.set(toProblem(error));
    }
    this.phase.set('done');
  }

  private describe(): { readonly step: Step; readonly name: string; readonly value: string; readonly more: string }[] {
    const it = this.draft.answers();
    const say = (key: string): string => String(this.translate.instant(key));
    const days = it.weekdays.map((day) => this.formats.format(Date.UTC(2024, 0, day, 12), 'UTC', { weekday: 'short' })).join(', ');
    return [
      { step: 'account', name: say('setup.step.account.name'), value: it.displayName, more: `${it.email} · ${it.username}` },
      {
        step: 'organization',
        name: say('setup.step.organization.name'),
        value: it.organization,
        more: `${it.timeZone} · ${it.opens}–${it.closes} · ${days}`,
      },
      {
        step: 'share',
        name: say('setup.step.share.name'),
        value: it.kinds.map((kind) => say(`setup.kind.${kind}.name`)).join(', ') || '–',
        more: '',
      },
      {
        step: 'data',
        name: say('setup.step.data.name'),
        value: say(`setup.data.${it.startData}.name`),
        more: it.startData === 'csv' ? (this.draft.file()?.name ?? say('setup.noFile')) : '',
      },
    ];
  }
}
