import { Component, type ElementRef, computed, inject, input, output, signal, viewChild } from '@angular/core';
import { fits, Icon, MultiSelect, Select, type SelectOption, ZoneChip } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import type { LogFacets, LogFilter } from '../log-entry';
import { AuditWords } from '../words/audit-words';
import { dayAfter, dayOf, startOfDayIn } from './days';
import { filterCount } from './log-url';

const typingMs = 300;
type Facet = keyof LogFacets['facets'];

/** What narrows the log: words, and chips that count what there is. On a phone the chips unfold. i18n: audit.any.* */
@Component({
  selector: 'berth-log-filters',
  imports: [Icon, MultiSelect, Select, TranslatePipe, ZoneChip],
  templateUrl: './log-filters.html',
  styles: `
    :host,
    .chips {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px;
    }
    .search {
      width: 260px;
      max-width: 100%;
    }
    .chips {
      flex: 1 1 100%;
    }
    .day {
      display: flex;
      align-items: center;
      gap: 6px;
      font-size: 13px;
    }
    .day .in {
      width: 138px;
    }
    @media (max-width: 719px) {
      .search {
        flex: 1 1 100%;
        width: 100%;
      }
      .day {
        flex: 1 1 100%;
        justify-content: space-between;
      }
      .day .in {
        flex: 0 1 240px;
        width: 240px;
        min-height: 44px;
      }
    }
  `,
})
export class LogFilters {
  private readonly words = inject(AuditWords);
  private readonly box = viewChild.required<ElementRef<HTMLInputElement>>('box');
  private typing: ReturnType<typeof setTimeout> | undefined;

  readonly filter = input.required<LogFilter>();
  readonly facets = input.required<LogFacets | null>();
  /** Zone whose days are meant. */
  readonly zone = input.required<string>();
  readonly changed = output<LogFilter>();
  readonly searched = output<LogFilter>();

  protected readonly isPhone = fits('(max-width: 719px)');
  protected readonly isUnfolded = signal(false);
  protected readonly count = computed(() => filterCount(this.filter()));
  protected readonly actors = computed(() => this.optionsOf('actor', this.filter().actor, (value, name) => name ?? value.slice(0, 8)));
  protected readonly actions = computed(
    () => this.optionsOf('action', undefined, (value) => this.words.action(value)).slice(1) as SelectOption[],
  );
  protected readonly objects = computed(() => this.optionsOf('object', this.filter().object, (value) => this.words.kind(value)));
  protected readonly ways = computed(() => this.optionsOf('via', this.filter().via, (value) => this.words.text(`audit.via.${value}`)));
  protected readonly addresses = computed(() => this.optionsOf('address', this.filter().address, (value) => value));
  protected readonly outcomes = computed(() =>
    this.optionsOf('outcome', this.filter().outcome, (value) => this.words.text(`audit.outcome.${value}`)),
  );
  protected readonly fromDay = computed(() => dayOf(this.filter().from, this.zone()));
  /** The last day that is wanted; the filter ends when it is over. */
  protected readonly toDay = computed(() => dayOf(this.filter().to, this.zone(), -1));

  focus(): void {
    this.box().nativeElement.focus();
  }

  protected search(text: string): void {
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.searched.emit(this.with('q', text.trim())), typingMs);
  }

  protected set(key: keyof LogFilter, value: unknown): void {
    this.changed.emit(this.with(key, value));
  }

  protected setFrom(day: string): void {
    this.set('from', day === '' ? null : startOfDayIn(day, this.zone()));
  }

  protected setTo(day: string): void {
    this.set('to', day === '' ? null : startOfDayIn(dayAfter(day), this.zone()));
  }

  protected clear(): void {
    this.changed.emit({});
  }

  private with(key: keyof LogFilter, value: unknown): LogFilter {
    const { [key]: _before, ...rest } = this.filter();
    const isGiven = value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
    return isGiven ? { ...rest, [key]: value } : rest;
  }

  /** All first, then what there is with its count; what is chosen stays though nothing of it is left. */
  private optionsOf(
    facet: Facet,
    chosen: string | undefined,
    label: (value: string, name: string | null) => string,
  ): SelectOption<string | null>[] {
    const found = this.facets()?.facets[facet] ?? [];
    const isMissing = chosen !== undefined && !found.some((it) => it.value === chosen);
    return [
      { value: null, label: this.words.text(`audit.any.${facet}`) },
      ...found.map((it) => ({ value: it.value, label: label(it.value, it.name), hint: String(it.count) })),
      ...(isMissing ? [{ value: chosen, label: label(chosen, null), hint: '0' }] : []),
    ];
  }
}
