import { Component, DestroyRef, type ElementRef, computed, inject, linkedSignal, output, viewChild } from '@angular/core';
import { PreferencesStore } from '@berth/web/data';
import { Icon } from '@berth/web/ui';
import { FindState } from '../find-state';
import { FindWords } from '../find-words';
import { readPhrase, type Reading } from '../phrase/phrase';
import { patchOf } from '../phrase/phrase-chips';
import type { Suggestion } from '../saved/saved-searches';
import { NameSuggestions, patchOfSuggestion } from './name-suggestions';

let nextId = 1;

/**
 * Words in; what they mean shows in the chips while they are typed, and counts with Enter. What is no chip stays as text and is looked for; names
 * that would fit it are offered.
 */
@Component({
  selector: 'berth-phrase-field',
  imports: [Icon],
  providers: [NameSuggestions],
  template: `
    <form role="search" (submit)="take($event)">
      <svg berthIcon="search" [size]="18"></svg>
      <input
        #box
        type="text"
        autocomplete="off"
        enterkeyhint="search"
        maxlength="200"
        role="combobox"
        aria-autocomplete="list"
        [attr.aria-expanded]="names.isOpen()"
        [attr.aria-controls]="names.isOpen() ? listId : null"
        [attr.aria-activedescendant]="names.active() >= 0 ? listId + '-' + names.active() : null"
        [attr.aria-label]="words.text('phrase.label')"
        [placeholder]="words.text('phrase.placeholder')"
        [value]="text()"
        [attr.aria-describedby]="reading() ? noteId : null"
        (input)="typed(box.value)"
        (keydown)="press($event)"
        (blur)="names.close()"
      />
      @if (text() !== '') {
        <button type="button" class="btn quiet square small" [attr.aria-label]="words.text('phrase.clear')" (click)="clear()">
          <svg berthIcon="x"></svg>
        </button>
      }
      <kbd class="not-phone">{{ text() === saved() ? '/' : '↵' }}</kbd>
    </form>
    @if (names.isOpen()) {
      <div
        class="names"
        role="listbox"
        tabindex="-1"
        [id]="listId"
        [attr.aria-label]="words.text('suggest.list')"
        (mousedown)="$event.preventDefault()"
        (click)="chooseAt($event)"
        (keydown)="press($event)"
      >
        @for (it of names.all(); track it.kind + it.value) {
          <div
            class="chip"
            role="option"
            [id]="listId + '-' + $index"
            [class.active]="$index === names.active()"
            [attr.aria-selected]="$index === names.active()"
            [attr.data-index]="$index"
          >
            <span class="ellipsis">{{ it.label }}</span>
            <span class="muted">{{ it.place ?? words.text('suggest.kind.' + it.kind) }}</span>
          </div>
        }
      </div>
    }
    <p class="note-line" role="status" [id]="noteId">
      @if (reading(); as it) {
        @if (it.chips.length > 0) {
          <span>{{ words.counted('phrase.understood', it.chips.length) }}</span>
        }
        @if (it.rest !== '') {
          <span class="rest">{{ words.text('phrase.rest', { rest: it.rest }) }}</span>
        }
        @if (names.isOpen()) {
          <span class="visually-hidden">{{ words.counted('suggest.count', names.all().length) }}</span>
        }
      }
    </p>
  `,
  styleUrl: './phrase-field.css',
})
export class PhraseField {
  private readonly box = viewChild.required<ElementRef<HTMLInputElement>>('box');
  private readonly state = inject(FindState);
  private readonly preferences = inject(PreferencesStore);
  protected readonly words = inject(FindWords);
  protected readonly names = inject(NameSuggestions);

  /** Somebody wants to go on to what was found. */
  readonly left = output();

  protected readonly listId = `phrase-names-${nextId++}`;
  protected readonly noteId = `phrase-note-${nextId++}`;
  protected readonly saved = computed(() => this.state.query().words);
  protected readonly text = linkedSignal(() => this.saved());
  /** What the words mean that are being typed; null while nobody types. */
  protected readonly reading = computed<Reading | null>(() => {
    const text = this.text();
    const vocabulary = this.state.vocabulary();
    if (text.trim() === '' || text === this.saved() || vocabulary === null) return null;
    return readPhrase(text, vocabulary, this.preferences.language(), this.state.today());
  });

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      this.names.close();
      this.state.draft.set(null);
    });
  }

  focus(): void {
    this.box().nativeElement.focus();
    this.box().nativeElement.select();
  }

  protected typed(text: string): void {
    this.text.set(text);
    this.names.ask(this.reading()?.rest ?? '');
    const reading = this.reading();
    this.state.draft.set(reading && reading.chips.length > 0 ? patchOf(reading.chips, this.state.query().tags) : null);
  }

  protected take(event: Event): void {
    event.preventDefault();
    this.names.close();
    const words = this.reading()?.rest ?? this.text();
    this.state.go({ words });
    // Chips have taken over what they stand for.
    this.text.set(words);
  }

  protected giveUp(): void {
    this.text.set(this.saved());
    this.state.draft.set(null);
  }

  protected clear(): void {
    this.text.set('');
    this.state.draft.set(null);
    this.state.go({ words: '' });
    this.box().nativeElement.focus();
  }

  /** A name takes the place of the words that were no chip. */
  protected choose(it: Suggestion): void {
    const patch = patchOfSuggestion(it, this.state.shown().tags);
    this.names.close();
    this.state.go(patch);
    this.text.set(patch.words ?? '');
  }

  protected chooseAt(event: Event): void {
    const option = (event.target as Element).closest<HTMLElement>('[data-index]');
    const it = option && this.names.all()[Number(option.dataset['index'])];
    if (it) this.choose(it);
  }

  protected press(event: KeyboardEvent): void {
    const { names } = this;
    const active = names.all()[names.active()];
    if (event.isComposing) return;
    if (event.key === 'ArrowDown' && !names.isOpen()) this.left.emit();
    else if (event.key === 'ArrowDown') names.step(1);
    else if (event.key === 'ArrowUp' && names.isOpen()) names.step(-1);
    else if (event.key === 'Enter' && active) this.choose(active);
    else if (event.key === 'Escape' && names.isOpen()) names.close();
    else if (event.key === 'Escape' && this.text() !== this.saved()) this.giveUp();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
