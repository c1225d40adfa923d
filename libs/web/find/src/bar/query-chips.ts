import { Component, computed, inject, signal } from '@angular/core';
import { parseTime } from '@berth/web/booking';
import { Formats, Icon, Select, ZoneChip, type SelectOption } from '@berth/web/ui';
import { FindState } from '../find-state';
import { FindWords } from '../find-words';
import { FLEXES, clock, type FindQuery, type Flex } from '../query/find-query';
import { clockStart } from '../query/wish';
import { DateChip } from './date-chip';

const LENGTHS = [15, 30, 45, 60, 90, 120, 180, 240, 480];
const PEOPLE = [1, 2, 4, 6, 8, 10, 12, 20, 50];
const MINUTE = 60_000;

/** The search as chips, each of which can be changed or dropped. i18n: find.flex.* */
@Component({
  selector: 'berth-query-chips',
  imports: [DateChip, Icon, Select, ZoneChip],
  templateUrl: './query-chips.html',
  styleUrl: './query-chips.css',
  host: { role: 'group', '[attr.aria-label]': "words.text('chips')" },
})
export class QueryChips {
  private readonly formats = inject(Formats);
  protected readonly state = inject(FindState);
  protected readonly words = inject(FindWords);
  /** A start that could not be read. */
  protected readonly unread = signal<string | null>(null);

  protected readonly query = this.state.shown;
  protected readonly date = computed(() => this.query().date ?? this.state.wish().date);
  protected readonly startText = computed(() => {
    const { start, date } = this.query();
    if (start !== null) return clock(start);
    const wish = this.state.wish();
    return date === null || date === wish.date ? this.formats.time(wish.span.start, this.state.zone()) : clock(9 * 60);
  });
  protected readonly isNow = computed(() => this.query().start === null && this.query().date === null);
  protected readonly types = computed<SelectOption<string | null>[]>(() => [
    { value: null, label: this.words.text('anyType') },
    ...(this.state.catalogue()?.types ?? []).map((it) => ({ value: it.key, label: it.name })),
  ]);
  protected readonly lengths = computed<SelectOption<number>[]>(() =>
    [...new Set([...LENGTHS, this.query().minutes])]
      .sort((a, b) => a - b)
      .map((value) => ({ value, label: this.formats.duration(value * MINUTE) })),
  );
  protected readonly flexes = computed<SelectOption<Flex>[]>(() =>
    FLEXES.map((value) => ({ value, label: this.words.text(`flex.${value}`) })),
  );
  protected readonly sites = computed<SelectOption<string>[]>(() => [
    { value: 'all', label: this.words.text('anySite') },
    ...(this.state.catalogue()?.sites ?? []).map((it) => ({ value: it.id, label: it.name })),
  ]);
  protected readonly site = computed(() => this.query().site ?? this.state.siteId() ?? 'all');
  protected readonly floor = computed(() => this.state.catalogue()?.floors.find((it) => it.id === this.query().floor)?.name ?? null);
  protected readonly people = computed<SelectOption<number | null>[]>(() => [
    { value: null, label: this.words.text('anyPeople') },
    ...[...new Set([...PEOPLE, ...(this.query().people === null ? [] : [this.query().people!])])]
      .sort((a, b) => a - b)
      .map((value) => ({ value, label: this.words.counted('people', value) })),
  ]);

  /** Whether a phrase that is being typed says something about it. */
  protected isNew(...keys: readonly (keyof FindQuery)[]): boolean {
    const draft = this.state.draft();
    return draft !== null && keys.some((it) => draft[it] !== undefined && draft[it] !== this.state.query()[it]);
  }

  protected startTyped(text: string): void {
    const minute = parseTime(text, this.formats.hourCycle());
    const isRead = minute !== undefined && minute < 1440;
    this.unread.set(isRead ? null : text);
    if (isRead && minute !== this.query().start) this.state.go({ start: minute });
  }

  protected backToNow(): void {
    this.state.go({ date: null, start: null });
  }

  protected dateTaken(date: string): void {
    // Another day at the same time; what was "now" becomes the time it was.
    const { start } = clockStart(this.state.wish().span.start, this.state.zone());
    this.state.go({ date, start: this.query().start ?? (date === this.date() ? start : null) });
  }

  protected siteTaken(site: string): void {
    this.state.go({ site, floor: null });
  }

  protected without(tag: string): void {
    this.state.go({ tags: this.query().tags.filter((it) => it !== tag) });
  }
}
