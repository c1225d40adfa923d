import { DialogRef } from '@angular/cdk/dialog';
import { Component, computed, inject, signal } from '@angular/core';
import { ProblemMessages, toProblem } from '@berth/web/data';
import { DialogFrame, Icon, Toasts, Tooltip, saveFile } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { BookingWords } from '@berth/web/booking';
import { CheckGrid } from './check-grid';
import { FileStep } from './file-step';
import { ImportDoor } from './import-door';
import { ImportResult } from './import-result';
import { ImportState, type RowFilter } from './import-state';

const STEPS = ['file', 'check', 'import'] as const;
const FILTER_ICONS = { all: null, create: 'plus', update: 'pencil', unchanged: null, skip: null, error: 'triangle-alert' } as const;

/**
 * Bringing rows in from a file: choose a file, see what each row would do and put wrong cells right, import.
 * Closes with `changed` when something was imported.
 */
@Component({
  selector: 'berth-import-sheet',
  imports: [CheckGrid, DialogFrame, FileStep, Icon, ImportResult, Tooltip, TranslatePipe],
  providers: [ImportState],
  templateUrl: './import-sheet.html',
  styleUrl: './import-sheet.css',
  host: { '(keydown.escape)': 'leave()' },
})
export class ImportSheet {
  private readonly ref = inject<DialogRef<'changed'>>(DialogRef);
  private readonly toasts = inject(Toasts);
  private readonly messages = inject(ProblemMessages);
  protected readonly words = inject(BookingWords);
  protected readonly state = inject(ImportState);

  protected readonly steps = STEPS;
  protected readonly door = inject(ImportDoor);
  protected readonly filters: readonly RowFilter[] = ['all', ...this.door.actions];
  protected readonly icons = FILTER_ICONS;
  protected readonly asksToLeave = signal(false);
  private hasChanged = false;

  protected readonly subtitle = computed(() => {
    const file = this.state.source();
    const report = this.state.report();
    if (file === null || report === null) return file?.name ?? null;
    if (report.delimiter === null) return file.name;
    return this.words.text('import.fileLine', {
      name: file.name,
      delimiter: this.words.text(`import.delimiter.${delimiterNames[report.delimiter]}`),
      encoding: encodingNames[report.encoding] ?? report.encoding,
    });
  });
  protected readonly errors = computed(() => this.state.counts().error);
  protected readonly importLabel = computed(() => {
    const ready = this.state.ready();
    if (ready === 0) return this.words.text('import.nothing');
    return this.words.count(this.errors() > 0 ? 'import.runValid.' : 'import.run.', ready);
  });
  protected readonly progressText = computed(() => {
    const progress = this.state.progress();
    const number = (it: number): string => this.words.number(it);
    return progress && this.words.text('import.progress', { done: number(progress.done), total: number(progress.total) });
  });
  protected readonly failure = computed(() => {
    const problem = this.state.problem();
    return problem === null || this.state.step() === 'file' ? null : this.messages.title(problem);
  });

  protected isDone(step: (typeof STEPS)[number]): boolean {
    return STEPS.indexOf(step) < STEPS.indexOf(this.state.step()) || this.state.step() === 'import';
  }

  protected show(filter: RowFilter): void {
    this.state.filter.set(filter);
  }

  protected async run(onError: 'skip' | 'fail'): Promise<void> {
    if (await this.state.run(onError)) this.hasChanged = true;
  }

  protected async download(): Promise<void> {
    try {
      const source = this.state.source()?.name ?? this.door.template.name;
      const isCells = this.state.report()?.delimiter !== null;
      const name = source.replace(/(\.csv|\.ics)?$/i, `-${this.words.text('import.failedFile')}.${isCells ? 'csv' : 'ics'}`);
      saveFile(await this.state.failedRows(), name);
    } catch (error) {
      this.toasts.failed(this.messages.title(toProblem(error)));
    }
  }

  /** Closes; asks first when cells were put right that would be lost. */
  protected leave(): void {
    const wouldLose = this.state.edits() > 0 && this.state.step() === 'check';
    if (wouldLose && !this.asksToLeave()) this.asksToLeave.set(true);
    else this.close();
  }

  protected close(): void {
    // What is under way goes on without the sheet.
    this.ref.close(this.hasChanged || this.state.progress() !== null ? 'changed' : undefined);
  }
}

const delimiterNames = { ',': 'comma', ';': 'semicolon', '\t': 'tab' } as const;
const encodingNames: Readonly<Record<string, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  'windows-1252': 'Windows-1252',
};
