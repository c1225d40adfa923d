import { Injectable, inject } from '@angular/core';
import { Formats } from '@berth/web/ui';
import { TranslateService } from '@ngx-translate/core';
import type { LogEntry } from '../log-entry';

type Params = Readonly<Record<string, unknown>>;

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?$/;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The sentences of the audit log, in the reader's language. i18n: audit.did.* audit.kind.* audit.job.* audit.field.* audit.via.* audit.outcome.* */
@Injectable({ providedIn: 'root' })
export class AuditWords {
  private readonly translate = inject(TranslateService);
  private readonly formats = inject(Formats);

  text(key: string, params?: Params): string {
    return this.known(key, params) ?? key;
  }

  /** `Ana moved Project sync to Tue 24 Nov 14:00`; of a type without a sentence its name. */
  sentence(entry: LogEntry): string {
    const start = entry.about.start;
    const when = start === null ? '–' : this.moment(start);
    const values = { who: this.who(entry), what: this.what(entry), when, missing: entry.about.missing ?? '–' };
    const told = this.known(`audit.did.${entry.action}`, values) ?? this.text('audit.unknown', { ...values, action: entry.action });
    const sentence = told.charAt(0).toLocaleUpperCase(this.formats.language()) + told.slice(1);
    return entry.onBehalfOf ? `${sentence}, ${this.text('audit.onBehalf', { name: this.named(entry.onBehalfOf) })}` : sentence;
  }

  who({ actor }: LogEntry): string {
    if (actor.kind === 'system' && actor.id === null) return this.text('audit.system');
    return actor.name ?? this.text('audit.somebody');
  }

  /** As it is called; a booking without a title by what was booked, a job by what it does, a notification by whom it is for. */
  what({ object, about }: LogEntry): string {
    if (object.kind === 'jobs' && object.name) return this.known(`audit.job.${object.name}`) ?? object.name;
    if (object.name) return object.name;
    if (about.title) return about.title;
    const resources = about.resources.map((it) => this.named(it));
    if (resources.length > 0) return new Intl.ListFormat(this.formats.language(), { type: 'conjunction' }).format(resources);
    if (['reservations', 'series', 'waitlist'].includes(object.kind)) return this.text('audit.aBooking');
    if (object.kind === 'notifications' && about.person) return this.text('audit.aNotification', { name: this.named(about.person) });
    return shortId(object.id);
  }

  kind(kind: string): string {
    return this.known(`audit.kind.${kind}`) ?? spelled(kind);
  }

  action(type: string): string {
    return spelled(type.replace('.', ' · '));
  }

  via(entry: Pick<LogEntry, 'via'>): string {
    const { via } = entry;
    if (via === null) return '–';
    const way = this.text(`audit.via.${via.kind}`);
    return via.name ? `${way} · ${via.name}` : way;
  }

  field(field: string): string {
    return this.known(`audit.field.${field}`) ?? spelled(field);
  }

  /** A value as a person reads it: ids by name, instants in the own zone. */
  value(value: unknown, names: Readonly<Record<string, string>>): string {
    if (value === null || value === undefined || value === '') return '–';
    if (typeof value === 'boolean') return this.text(value ? 'audit.yes' : 'audit.no');
    if (typeof value === 'number') return new Intl.NumberFormat(this.formats.language()).format(value);
    if (typeof value === 'string')
      return names[value] ?? (ID.test(value) ? shortId(value) : INSTANT.test(value) ? this.moment(value) : value);
    if (Array.isArray(value)) return value.length === 0 ? '–' : value.map((it) => this.value(it, names)).join(', ');
    const parts = Object.entries(value);
    if (parts.length === 0) return '–';
    return parts.map(([key, it]) => `${this.field(key)}: ${this.value(it, names)}`).join('; ');
  }

  /** `Tue 24 Nov 14:00` in the own zone; a time without a zone as it stands. */
  moment(instant: string): string {
    const zone = /(Z|[+-]\d{2}:\d{2})$/.test(instant) ? this.formats.ownZone() : 'UTC';
    const at = zone === 'UTC' && !instant.endsWith('Z') ? `${instant}Z` : instant;
    return `${this.formats.date(at, zone)} ${this.formats.time(at, zone)}`;
  }

  /** With the year and the second, as a log is read. */
  exactly(instant: string): string {
    return this.formats.format(instant, this.formats.ownZone(), {
      dateStyle: 'medium',
      timeStyle: 'medium',
      hourCycle: this.formats.hourCycle(),
    });
  }

  private named(it: { readonly id: string; readonly name: string | null }): string {
    return it.name ?? shortId(it.id);
  }

  private known(key: string, params?: Params): string | undefined {
    // Read, so that whoever shows the text shows it again in another language.
    this.translate.currentLang();
    const text: unknown = this.translate.instant(key, params);
    return typeof text === 'string' && text !== key ? text : undefined;
  }
}

const shortId = (id: string): string => `${id.slice(0, 8)}…`;

/** `minBookingLength` as `Min booking length`, for what has no word of its own. */
function spelled(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_-]/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
