export type { CsvCopy } from './csv-copy';
export { ImportDoor, type ImportProgress } from './import-door';
export type { GroupedError, ImportReport, ImportRow, RowAction, RowAlternative, RowError } from './import-report';
export { ImportSheet } from './import-sheet';
