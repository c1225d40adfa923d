import { Injectable, computed, effect, signal } from '@angular/core';
import { resourceKinds, type ResourceKind, type SetupRequest } from '@berth/web/data';

/** The steps of the wizard in their order. */
export const steps = ['account', 'organization', 'share', 'data', 'mail', 'review', 'check'] as const;
export type Step = (typeof steps)[number];
export type StartData = 'demo' | 'csv' | 'blank';

/** What the wizard has been told so far, without the password. */
export interface Answers {
  readonly step: Step;
  readonly setupToken: string;
  readonly displayName: string;
  readonly email: string;
  readonly username: string;
  readonly organization: string;
  readonly timeZone: string;
  readonly language: string;
  readonly weekStart: number;
  readonly opens: string;
  readonly closes: string;
  readonly weekdays: readonly number[];
  readonly kinds: readonly ResourceKind[];
  readonly startData: StartData;
}

const storageKey = 'berth.setup';

/** The wizard's memory: kept in the session storage so that a reload resumes. The password stays in this page only. */
@Injectable()
export class SetupDraft {
  private readonly current = signal<Answers>({ ...firstAnswers(), ...recall() });

  readonly answers = this.current.asReadonly();
  readonly password = signal('');
  /** The chosen CSV file; a reload forgets it, as browsers do not keep files. */
  readonly file = signal<File | null>(null);
  readonly stepNumber = computed(() => steps.indexOf(this.current().step) + 1);

  private readonly isKept = signal(true);

  constructor() {
    effect(() => {
      if (this.isKept()) sessionStorage.setItem(storageKey, JSON.stringify(this.current()));
      else sessionStorage.removeItem(storageKey);
    });
  }

  change(patch: Partial<Answers>): void {
    this.current.update((it) => ({ ...it, ...patch }));
  }

  /** Berth is set up: from here on nothing is kept. */
  forget(): void {
    this.isKept.set(false);
  }

  /** The body of `POST /setup/initialize`. */
  request(): SetupRequest {
    const it = this.current();
    return {
      setupToken: it.setupToken,
      organization: {
        name: it.organization,
        timeZone: it.timeZone,
        language: it.language,
        weekStart: it.weekStart,
        workingHours: { opens: it.opens, closes: it.closes, weekdays: it.weekdays },
      },
      admin: {
        username: it.username,
        email: it.email,
        password: this.password(),
        ...(it.displayName === '' ? {} : { displayName: it.displayName }),
      },
      kinds: it.kinds,
      startData: it.startData === 'demo' ? 'demo' : 'blank',
    };
  }
}

function firstAnswers(): Answers {
  const locale = navigator.language;
  return {
    step: 'account',
    setupToken: '',
    displayName: '',
    email: '',
    username: '',
    organization: '',
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    language: locale.slice(0, 2),
    weekStart: firstDayOf(locale),
    opens: '08:00',
    closes: '18:00',
    weekdays: [1, 2, 3, 4, 5],
    kinds: ['room', 'desk'],
    startData: 'demo',
  };
}

function firstDayOf(locale: string): number {
  const info = new Intl.Locale(locale) as Intl.Locale & { getWeekInfo?: () => { firstDay: number }; weekInfo?: { firstDay: number } };
  return info.getWeekInfo?.().firstDay ?? info.weekInfo?.firstDay ?? 1;
}

function recall(): Partial<Answers> {
  try {
    const kept = JSON.parse(sessionStorage.getItem(storageKey) ?? '{}') as Partial<Answers>;
    return { ...kept, ...(kept.kinds ? { kinds: kept.kinds.filter((it) => resourceKinds.includes(it)) } : {}) };
  } catch {
    return {};
  }
}
