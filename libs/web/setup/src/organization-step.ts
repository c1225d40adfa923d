import { Component, ElementRef, computed, inject, input, output, signal } from '@angular/core';
import { ProblemMessages, languageNames, languages, type Problem } from '@berth/web/data';
import { Field, FieldControl, Formats } from '@berth/web/ui';
import { TranslatePipe, TranslateService } from '@ngx-translate/core';
import { SetupDraft } from './setup-draft';

type Checked = 'name' | 'timeZone' | 'hours';

// 2024-01-01 is a Monday; the seven days after it give the names of the week.
const monday = Date.UTC(2024, 0, 1, 12);

/** Name, zone, language, week and working hours of the organization. */
@Component({
  selector: 'berth-organization-step',
  imports: [TranslatePipe, Field, FieldControl],
  templateUrl: './organization-step.html',
  styleUrl: './step.css',
})
export class OrganizationStep {
  private readonly formats = inject(Formats);
  private readonly messages = inject(ProblemMessages);
  private readonly translate = inject(TranslateService);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  protected readonly draft = inject(SetupDraft);

  readonly refused = input<Problem | null>(null);
  readonly done = output();

  protected readonly wrong = signal<readonly Checked[]>([]);
  protected readonly zones = Intl.supportedValuesOf('timeZone');
  protected readonly languages = languages.map((value) => ({ value, label: languageNames[value] }));
  protected readonly days = computed(() =>
    Array.from({ length: 7 }, (_, index) => {
      const at = monday + index * 86_400_000;
      return {
        number: index + 1,
        short: this.formats.format(at, 'UTC', { weekday: 'short' }),
        long: this.formats.format(at, 'UTC', { weekday: 'long' }),
      };
    }),
  );
  protected readonly offset = computed(() => {
    const zone = this.draft.answers().timeZone;
    return isZone(zone) ? this.formats.offset(zone, Date.now()) : null;
  });

  protected errorOf(field: Checked): string | null {
    if (this.wrong().includes(field)) return String(this.translate.instant(`setup.missing.${field}`));
    const error = this.refused()?.errorOf(field);
    return error ? this.messages.field(error) : null;
  }

  protected toggle(day: number): void {
    const { weekdays } = this.draft.answers();
    this.draft.change({ weekdays: weekdays.includes(day) ? weekdays.filter((it) => it !== day) : [...weekdays, day].sort() });
  }

  protected submit(event: Event): void {
    event.preventDefault();
    const it = this.draft.answers();
    const wrong: Checked[] = [
      ...(it.organization.trim() === '' ? ['name' as const] : []),
      ...(isZone(it.timeZone) ? [] : ['timeZone' as const]),
      ...(it.opens < it.closes && it.opens !== '' ? [] : ['hours' as const]),
    ];
    this.wrong.set(wrong);
    if (wrong.length === 0) this.done.emit();
    else setTimeout(() => this.host.nativeElement.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
  }
}

function isZone(zone: string): boolean {
  try {
    return zone !== '' && new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
