import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { importFailed$FormData, importUpload$FormData, type ImportResponse } from '@berth/api-client';
import { ImportDoor, type GroupedError, type ImportReport } from '@berth/web/import';
import { Catalogue } from '../data/catalogue';
import { settled } from '../data/resources-api';

/** Resources from a spreadsheet. All calls reject with Problem. i18n: admin.import.* */
@Injectable()
export class ResourceImport extends ImportDoor {
  private readonly http = inject(HttpClient);
  private readonly catalogue = inject(Catalogue);
  /** Sites the last import has added. */
  private newSites: readonly string[] = [];

  readonly texts = 'admin.import';
  readonly columns = [
    'name',
    'type',
    'location',
    'site',
    'floor',
    'room',
    'capacity',
    'units',
    'tags',
    'description',
    'requires_approval',
    'time_zone',
    'external_id',
  ];
  readonly template = {
    name: 'berth-resources.csv',
    text: 'name,type,site,floor,room,capacity,units,tags,description,requires_approval,external_id\n',
  };
  readonly accepts = '.csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain';
  readonly actions = ['create', 'update', 'unchanged', 'error'] as const;
  readonly errors = [
    'required',
    'unknown-type',
    'too-long',
    'too-many',
    'not-a-number',
    'out-of-range',
    'not-a-time-zone',
    'not-a-boolean',
    'needs-site',
    'needs-floor',
    'too-many-cells',
    'control-character',
    'duplicate-row',
    'ambiguous',
    'units-in-use',
  ];

  async check(file: File, signal: AbortSignal): Promise<ImportReport> {
    return reportOf(
      await settled(this.http.post<ImportResponse>(importUpload$FormData.PATH, formOf(file), { params: { dryRun: true } }), signal),
    );
  }

  async run(file: File, onError: 'skip' | 'fail', key: string): Promise<ImportReport> {
    const options = { params: { onError }, headers: { 'Idempotency-Key': key } };
    const answer = await settled(this.http.post<ImportResponse>(importUpload$FormData.PATH, formOf(file), options));
    this.newSites = answer.places.sites;
    // New places and types can be filtered by at once.
    void this.catalogue.load();
    return reportOf(answer);
  }

  /** As bytes, so that the mark spreadsheets look for stays. */
  failedRows(file: File): Promise<Blob> {
    return settled(this.http.post(importFailed$FormData.PATH, formOf(file), { responseType: 'blob' }));
  }

  override suggestions({ code }: GroupedError): readonly string[] {
    if (code === 'unknown-type') return this.catalogue.types().map((it) => it.name);
    if (code === 'not-a-boolean') return ['true', 'false'];
    return code === 'not-a-time-zone' ? Intl.supportedValuesOf('timeZone') : [];
  }

  /** The list of the one new site where there is one, else of everything. */
  link() {
    const [name, ...others] = this.newSites;
    const site = others.length === 0 ? this.catalogue.sites().find((it) => it.name === name) : undefined;
    const query: Record<string, string> = site === undefined ? {} : { site: site.id };
    return { path: '/admin/resources', query };
  }
}

function reportOf({ places, ...report }: ImportResponse): ImportReport {
  const news = [
    { count: 'admin.import.newSites.', names: places.sites },
    { count: 'admin.import.newFloors.', names: places.floors },
    { count: 'admin.import.newRooms.', names: places.rooms },
  ];
  return { ...report, news };
}

function formOf(file: File): FormData {
  const form = new FormData();
  form.append('file', file);
  return form;
}
