import { DestroyRef, Injectable, computed, inject, signal } from '@angular/core';
import { newIdempotencyKey, toProblem, type Problem } from '@berth/web/data';
import { CsvCopy } from './csv-copy';
import { ImportDoor, type ImportProgress } from './import-door';
import { checkedRows, countsOf, type GroupedError, type ImportReport, type RowAction, type RowAlternative } from './import-report';

export type ImportStep = 'file' | 'check' | 'import';
export type RowFilter = RowAction | 'all';

/** One import from the file to its result: the file, the copy in which cells are put right, and what the server says of it. */
@Injectable()
export class ImportState {
  private readonly door = inject(ImportDoor);
  private asking = new AbortController();
  private key = newIdempotencyKey();

  readonly step = signal<ImportStep>('file');
  /** The file as it was chosen. */
  readonly source = signal<File | null>(null);
  private readonly copy = signal<CsvCopy | null>(null);
  private readonly current = signal<File | null>(null);
  readonly report = signal<ImportReport | null>(null);
  readonly result = signal<ImportReport | null>(null);
  readonly problem = signal<Problem | null>(null);
  readonly isBusy = signal(false);
  /** Of an import that is under way and takes its time. */
  readonly progress = signal<ImportProgress | null>(null);
  readonly filter = signal<RowFilter>('all');
  /** Cells put right here, and lines left out: what would be lost. */
  readonly edits = signal(0);
  /** What was typed into the fields of rows that may be out of view. */
  readonly typed = new Map<string, string>();

  readonly rows = computed(() => {
    const report = this.report();
    return report === null ? [] : checkedRows(report);
  });
  readonly counts = computed(() => countsOf(this.rows()));
  readonly shown = computed(() => (this.filter() === 'all' ? this.rows() : this.rows().filter((it) => it.action === this.filter())));
  /** Rows an import would write. */
  readonly ready = computed(() => this.counts().create + this.counts().update);
  /** Whether cells can be put right here. */
  readonly isEditable = computed(() => this.copy() !== null);
  readonly leftOut = computed(() => this.copy()?.leftOutLines ?? []);

  constructor() {
    inject(DestroyRef).onDestroy(() => this.asking.abort());
  }

  /** Takes a file and has it checked. */
  async choose(file: File): Promise<void> {
    this.source.set(file);
    this.current.set(file);
    this.copy.set(null);
    this.report.set(null);
    this.result.set(null);
    this.edits.set(0);
    this.typed.clear();
    this.filter.set('all');
    const report = await this.check();
    if (report === null) return;
    if (report.delimiter !== null) this.copy.set(CsvCopy.read(await file.arrayBuffer(), report.delimiter, report.encoding));
    this.step.set('check');
  }

  /** Writes another text into the cell, in all rows with the same mistake where asked, and has the file checked again. */
  async fix(error: GroupedError, text: string, everywhere: boolean): Promise<void> {
    const lines = everywhere ? error.alike : [error.row];
    await this.edit((it) =>
      error.code === 'too-many-cells'
        ? it.cutToWidth(lines)
        : it.withCells(lines.map((line) => ({ line, column: error.column ?? '', text }))),
    );
  }

  /** Writes what would work instead into a row, and has the file checked again. */
  async take(error: GroupedError, alternative: RowAlternative): Promise<void> {
    const cells = this.door.cellsOf(alternative, this.report()!);
    await this.edit((it) => it.withCells(cells.map((cell) => ({ line: error.row, ...cell }))));
  }

  async leaveOut(line: number): Promise<void> {
    await this.edit((it) => it.without(line));
  }

  async putBack(): Promise<void> {
    await this.edit((it) => it.withAll());
  }

  /** Imports: the rows that are right, or all or nothing. */
  async run(onError: 'skip' | 'fail'): Promise<boolean> {
    const file = this.current();
    if (file === null) return false;
    this.isBusy.set(true);
    this.problem.set(null);
    try {
      this.result.set(await this.door.run(file, onError, this.key, (it) => this.progress.set(it)));
      this.step.set('import');
      return true;
    } catch (error) {
      this.problem.set(toProblem(error));
      // Refused as a whole: what stands in the way is in the next check.
      if (this.problem()!.code === 'import-failed') await this.check(true);
      this.key = newIdempotencyKey();
      return false;
    } finally {
      this.isBusy.set(false);
      this.progress.set(null);
    }
  }

  /** Ends an import under way; what came of it until then is its result. */
  async stop(): Promise<void> {
    await this.progress()
      ?.stop()
      .catch((error: unknown) => this.problem.set(toProblem(error)));
  }

  /** Back to the rows that were not taken; what was imported is unchanged by now. */
  async goOn(): Promise<void> {
    this.key = newIdempotencyKey();
    this.result.set(null);
    this.step.set('check');
    await this.check();
    this.filter.set('error');
  }

  startOver(): void {
    this.asking.abort();
    this.step.set('file');
    this.source.set(null);
    this.current.set(null);
    this.copy.set(null);
    this.report.set(null);
    this.result.set(null);
    this.problem.set(null);
    this.edits.set(0);
  }

  /** @throws Problem */
  failedRows(): Promise<Blob> {
    return this.door.failedRows(this.current()!, this.report()!, this.copy());
  }

  /** Asks what would happen; null when that failed or was asked anew. */
  private async check(keepsProblem = false): Promise<ImportReport | null> {
    this.asking.abort();
    const mine = (this.asking = new AbortController());
    this.isBusy.set(true);
    if (!keepsProblem) this.problem.set(null);
    try {
      const report = await this.door.check(this.current()!, mine.signal);
      if (mine.signal.aborted) return null;
      this.report.set(report);
      if (this.filter() !== 'all' && this.counts()[this.filter()] === 0) this.filter.set('all');
      this.isBusy.set(false);
      return report;
    } catch (error) {
      if (mine.signal.aborted) return null;
      this.problem.set(toProblem(error));
      this.isBusy.set(false);
      return null;
    }
  }

  private async edit(change: (copy: CsvCopy) => CsvCopy): Promise<void> {
    const copy = this.copy();
    if (copy === null) return;
    const changed = change(copy);
    this.copy.set(changed);
    this.current.set(new File([changed.toText()], this.source()?.name ?? 'rows.csv', { type: 'text/csv' }));
    this.key = newIdempotencyKey();
    this.edits.update((it) => it + 1);
    await this.check();
  }
}
