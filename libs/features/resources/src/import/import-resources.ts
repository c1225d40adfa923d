import { catalogueEvent, difference, Problem } from '@berth/contracts';
import { newId } from '@berth/kernel';
import { type MissingPlaces, type Place, type PlaceIndex, PlaceRegister } from '@berth/places';
import type { Actor } from '@berth/platform/auth';
import { Database, type Sql, type Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { type ResourceRow, valuesOf } from '../catalogue/resource';
import { ResourceCatalogue } from '../resource-catalogue';
import { defaultTypeId } from '../types/resource-type.store';
import { batches } from './batches';
import { type Columns, mapColumns } from './columns';
import { type CsvTable, type Delimiter, readCsv } from './csv-table';
import type { CsvEncoding } from './csv-text';
import { type ImportPlan, type Intent, type PlannedRow, planImport } from './import-plan';
import { lockForImport, readStock, readTypes, type StockedType } from './import-stock';
import { type ImportedResource, insertResources, updateResources } from './import.store';
import { type Draft, type ReadRow, type RowError, RowReader } from './row-reader';

export interface ImportCommand {
  /** The file as it came. */
  readonly bytes: Uint8Array;
  /** Only says what would happen. */
  readonly dryRun: boolean;
  /** What rows that cannot be imported do to the others. */
  readonly onError: 'skip' | 'fail';
}

/** What an import did, or would do. */
export interface ImportReport {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly failed: readonly RowError[];
  /** Every row of the file, in its order. */
  readonly rows: readonly PlannedRow[];
  /** Headers that mean something, in their order. */
  readonly columns: readonly string[];
  readonly ignoredColumns: readonly string[];
  readonly delimiter: Delimiter;
  readonly encoding: CsvEncoding;
  /** Places that were not there before. */
  readonly places: MissingPlaces;
}

interface Planned {
  readonly plan: ImportPlan;
  readonly report: ImportReport;
}

/** Brings resources in from a spreadsheet: new ones are added, those that are there changed where the file says otherwise. */
@Injectable()
export class ImportResources {
  constructor(
    private readonly database: Database,
    private readonly catalogue: ResourceCatalogue,
    private readonly register: PlaceRegister,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws Problem `validation-failed` for a file that cannot be read, `import-failed` with the rows that are wrong when
   *   they are to fail the others; then nothing was written
   */
  async execute(actor: Actor, { bytes, dryRun, onError }: ImportCommand): Promise<ImportReport> {
    const table = readCsv(bytes);
    const columns = mapColumns(table.header);
    if (dryRun) return (await this.plan(this.database.of(actor.organizationId), actor, table, columns)).report;

    return this.database.transaction(actor, async (tx) => {
      const { plan, report } = await this.planLocked(tx, actor, table, columns);
      if (onError === 'fail' && plan.failed.length > 0) {
        throw new Problem('import-failed', { detail: `${plan.failed.length} cells are wrong; nothing was imported.`, failed: plan.failed });
      }
      await this.write(tx, actor, plan);
      const { created, updated, unchanged, failed } = report;
      const after = { created, updated, unchanged, failed: failed.length };
      await this.outbox.append(tx, actor, catalogueEvent('import.completed', { id: newId(), after }));
      return report;
    });
  }

  private async planLocked(tx: Tx, actor: Actor, table: CsvTable, columns: Columns): Promise<Planned> {
    const types = await readTypes(tx, actor.organizationId);
    await lockForImport(tx, actor.organizationId, draftsOf(readRows(table, columns, types)));
    return this.plan(tx, actor, table, columns);
  }

  private async plan(db: Sql, { organizationId }: Actor, table: CsvTable, columns: Columns): Promise<Planned> {
    const types = await readTypes(db, organizationId);
    const read = readRows(table, columns, types);
    const stock = await readStock(db, organizationId, draftsOf(read), types, this.clock.now(), this.register);
    const plan = planImport(table.records, read, columns, stock);
    const paths = [...plan.creates, ...plan.updates].flatMap((it) => it.place ?? []);
    const report: ImportReport = {
      created: plan.creates.length,
      updated: plan.updates.length,
      unchanged: plan.rows.filter((it) => it.action === 'unchanged').length,
      failed: plan.failed,
      rows: plan.rows,
      columns: columns.used,
      ignoredColumns: columns.ignored,
      delimiter: table.delimiter,
      encoding: table.encoding,
      places: stock.places.missing(paths),
    };
    return { plan, report };
  }

  private async write(tx: Tx, actor: Actor, { creates, updates }: ImportPlan): Promise<void> {
    const { organizationId } = actor;
    const now = this.clock.now();
    const places = await this.register.provide(
      tx,
      actor,
      [...creates, ...updates].flatMap((it) => it.place ?? []),
    );
    // Only asked for, and so made, where a row names no type.
    const defaultType = creates.some((it) => it.values.typeId === undefined) ? await defaultTypeId(tx, organizationId, now) : '';
    const added = creates.map((it) => resolved(it, places, defaultType));
    const changed = updates.map((it) => resolved(it, places, defaultType));
    await insertResources(tx, organizationId, added, now);
    await updateResources(tx, organizationId, changed, now);
    const events = [...added.map(createdEvent), ...updates.map((it, i) => changedEvent(it.existing!, changed[i]!))];
    for (const batch of batches(events)) await this.outbox.append(tx, actor, ...batch);
    tx.afterCommit(() => changed.forEach((it) => this.catalogue.forget(it.id)));
  }
}

const readRows = (table: CsvTable, columns: Columns, types: readonly StockedType[]): ReadRow[] => {
  const reader = new RowReader(columns, types);
  return table.records.map((it) => reader.read(it));
};

const draftsOf = (read: readonly ReadRow[]): Draft[] => read.flatMap((it) => it.draft ?? []);

/** The intent with ids instead of names. */
function resolved({ existing, values, place }: Intent, places: PlaceIndex, defaultType: string): ImportedResource {
  const { siteId, floorId, roomId } = (place && places.find(place)) ?? placeOf(existing);
  return { ...values, id: existing?.id ?? newId(), typeId: values.typeId ?? defaultType, siteId, floorId, roomId };
}

const placeOf = (row: ResourceRow | undefined): Place => ({
  siteId: row?.site_id ?? null,
  floorId: row?.floor_id ?? null,
  roomId: row?.room_id ?? null,
});

const createdEvent = ({ id, ...after }: ImportedResource) =>
  catalogueEvent('resource.created', { id, name: after.name, siteIds: after.siteId === null ? [] : [after.siteId], after });

const changedEvent = (before: ResourceRow, { id, ...after }: ImportedResource) =>
  catalogueEvent('resource.updated', {
    id,
    name: after.name,
    siteIds: [...new Set([before.site_id, after.siteId])].filter((it) => it !== null),
    ...difference(valuesOf(before), after),
  });
