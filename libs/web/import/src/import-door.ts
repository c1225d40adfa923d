import type { Type } from '@angular/core';
import type { CsvCopy } from './csv-copy';
import type { GroupedError, ImportReport, RowAction, RowAlternative } from './import-report';

/** How far an import is that takes its time. */
export interface ImportProgress {
  readonly done: number;
  readonly total: number;
  /** Ends it: what is imported stays, the rest is not begun. */
  stop(): Promise<void>;
}

/**
 * What is brought in, by which calls, and the words that are about it alone. Each screen that imports provides its own.
 * @typeParam Report what its calls answer, given back to it wherever it is asked about the same file
 */
export abstract class ImportDoor<Report extends ImportReport = ImportReport> {
  /** Before the keys of its texts, `title`, `limits`, `pasteExample`, `columnsText`, `matchText`, `showList` and `error.<code>`. */
  abstract readonly texts: string;
  /** Headers that are understood. */
  abstract readonly columns: readonly string[];
  /** A file to begin with. */
  abstract readonly template: { readonly name: string; readonly text: string };
  /** Of the file chooser. */
  abstract readonly accepts: string;
  /** What can become of a row. */
  abstract readonly actions: readonly RowAction[];
  /** Codes it has words for; of others the server's are shown. */
  abstract readonly errors: readonly string[];
  /** What is asked before the file. */
  readonly options: Type<unknown> | null = null;

  /** Says what would happen and changes nothing. @throws Problem `validation-failed` for a file that cannot be read */
  abstract check(file: File, signal: AbortSignal): Promise<Report>;

  /**
   * @param key stays the same while the same file is sent again
   * @param onProgress called where it takes so long that one wants to see how far it is
   * @throws Problem `import-failed` when wrong rows are to fail the others
   */
  abstract run(file: File, onError: 'skip' | 'fail', key: string, onProgress: (it: ImportProgress) => void): Promise<Report>;

  /** The rows that are wrong, each with the reason. @param copy of a file of cells */
  abstract failedRows(file: File, report: Report, copy: CsvCopy | null): Promise<Blob>;

  /** Where what was imported is seen. */
  abstract link(): { readonly path: string; readonly query: Readonly<Record<string, string>> };

  /** What a wrong cell may have meant. */
  suggestions(_error: GroupedError): readonly string[] {
    return [];
  }

  /** The cells that take an alternative; none where the file has no place for it. */
  cellsOf(_alternative: RowAlternative, _report: Report): readonly { readonly column: string; readonly text: string }[] {
    return [];
  }
}
