import { Component, type ElementRef, afterNextRender, computed, inject, signal, viewChild, Injector } from '@angular/core';
import { PreferencesStore, languageNames, languages, type Language, type Problem } from '@berth/web/data';
import { EntryFrame, Icon, PageTitle } from '@berth/web/ui';
import { TranslatePipe, TranslateService } from '@ngx-translate/core';
import { LiveAnnouncer } from '@angular/cdk/a11y';
import { AccountStep } from './account-step';
import { CheckStep } from './check-step';
import { DataStep } from './data-step';
import { MailStep } from './mail-step';
import { OrganizationStep } from './organization-step';
import { ReviewStep } from './review-step';
import { SetupDraft, steps, type Step } from './setup-draft';
import { ShareStep } from './share-step';

/** From an empty installation to the first booking: one question a step. i18n: setup.done.* */
@Component({
  selector: 'berth-setup',
  imports: [TranslatePipe, EntryFrame, AccountStep, OrganizationStep, ShareStep, DataStep, MailStep, ReviewStep, CheckStep, Icon],
  providers: [SetupDraft],
  templateUrl: './setup.html',
  styleUrl: './setup.css',
  host: { '(document:keydown.alt.arrowleft)': 'back($event)' },
})
export class Setup {
  private readonly injector = inject(Injector);
  private readonly announcer = inject(LiveAnnouncer);
  private readonly translate = inject(TranslateService);
  private readonly title = inject(PageTitle);
  private readonly heading = viewChild.required<ElementRef<HTMLElement>>('heading');
  protected readonly preferences = inject(PreferencesStore);
  protected readonly draft = inject(SetupDraft);

  protected readonly languages = languages.map((value) => ({ value, label: languageNames[value] }));
  protected readonly steps = steps;
  protected readonly step = computed(() => this.draft.answers().step);
  protected readonly number = this.draft.stepNumber;
  /** A refusal of the server that belongs to an earlier step. */
  protected readonly refused = signal<Problem | null>(null);
  protected readonly busy = signal(false);
  /** Berth is set up: the steps before cannot be changed any more. */
  protected readonly settled = signal(false);

  protected setLanguage(language: string | null): void {
    this.draft.change({ language: language ?? 'en' });
    void this.preferences.change({ language: language as Language });
  }

  protected next(): void {
    const following = steps[this.number()];
    if (following !== undefined) this.go(following);
  }

  protected back(event?: Event): void {
    // In a text field of a Mac these keys go one word back.
    if (event?.target instanceof HTMLInputElement && /Mac|iP(hone|ad)/.test(navigator.platform)) return;
    const before = steps[this.number() - 2];
    if (before === undefined || this.busy() || this.settled()) return;
    event?.preventDefault();
    this.go(before);
  }

  /** Shows a step, moves the focus to its heading and says where it stands. */
  protected go(step: Step): void {
    this.draft.change({ step });
    afterNextRender(
      () => {
        this.heading().nativeElement.focus();
        const place = this.translate.instant('setup.place', { number: this.number(), count: steps.length });
        void this.announcer.announce(String(place), 'polite');
        this.title.thing.set(String(this.translate.instant(`setup.step.${step}.title`)));
      },
      { injector: this.injector },
    );
  }

  /** What stands above the step; the review ends with what came of it. */
  protected words(): string {
    return this.settled() && this.step() === 'review' ? 'setup.done' : `setup.step.${this.step()}`;
  }

  /** What the button at the lower right says. */
  protected onward(): string {
    if (this.step() === 'check') return 'setup.open';
    return this.settled() ? 'setup.next.results' : `setup.next.${this.step()}`;
  }

  /** Berth is set up; the heading says so and takes the focus. */
  protected settle(): void {
    this.settled.set(true);
    afterNextRender(() => this.heading().nativeElement.focus(), { injector: this.injector });
  }

  /** Leads back to the step a refused field stands on. */
  protected refuse(problem: Problem): void {
    this.refused.set(problem);
    const pointer = problem.errors[0]?.pointer ?? '';
    if (problem.code === 'setup-token-invalid' || pointer.startsWith('/admin') || pointer.includes('setupToken')) this.go('account');
    else if (pointer.startsWith('/organization')) this.go('organization');
  }

  protected summary(step: Step): string {
    const it = this.draft.answers();
    if (step === 'account') return it.email;
    if (step === 'organization') return [it.organization, it.timeZone].filter((part) => part !== '').join(' · ');
    if (step === 'share') return it.kinds.map((kind) => String(this.translate.instant(`setup.kind.${kind}.name`))).join(', ');
    return step === 'data' ? String(this.translate.instant(`setup.data.${it.startData}.name`)) : '';
  }
}
