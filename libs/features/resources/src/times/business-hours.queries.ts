import { Problem } from '@berth/contracts';
import { visibleSites } from '@berth/places';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { formatHours, type HoursDocument, type PolicySource } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import { ResourceCatalogue } from '../resource-catalogue';
import { maySee } from '../visible-resources';
import { type BusinessHours, toBusinessHours } from './business-hours';
import type { TimeScope } from './time-scope';

interface HoursRow {
  organization_id: string;
  organization_name: string;
  organization_hours: HoursDocument | null;
  version: number;
  time_zone: string;
  site_id: string | null;
  site_name: string | null;
  site_hours: HoursDocument | null;
}

/** Reads business hours with the place they were set in. */
@Injectable()
export class BusinessHoursQueries {
  constructor(
    private readonly database: Database,
    private readonly catalogue: ResourceCatalogue,
  ) {}

  /** @throws Problem `not-found` */
  inForce(actor: Actor, scope: TimeScope): Promise<BusinessHours> {
    return scope.level === 'resource' ? this.ofResource(actor, scope.id) : this.ofPlace(actor, scope.level === 'site' ? scope.id : null);
  }

  private async ofResource(actor: Actor, id: string): Promise<BusinessHours> {
    const terms = (await this.catalogue.termsOfMany(actor.organizationId, [id])).get(id);
    if (!terms || !maySee(actor, terms)) throw new Problem('not-found');
    const { hours, timeZone, version: settingsVersion } = terms;
    const source = hours?.source ?? { level: 'default' };
    return toBusinessHours({ hours: hours ? formatHours(hours.value) : null, timeZone, source, settingsVersion });
  }

  private async ofPlace(actor: Actor, siteId: string | null): Promise<BusinessHours> {
    const { organizationId } = actor;
    const [row] = await this.database.of(organizationId).sql<HoursRow>`
      select o.id as organization_id, o.name as organization_name, o.hours as organization_hours, coalesce(s.time_zone, o.time_zone) as time_zone,
             coalesce(s.version, o.version) as version, s.id as site_id, s.name as site_name, s.hours as site_hours
      from organization o
      left join site s on s.id = ${siteId} and ${visibleSites(actor)}
      where o.id = ${organizationId}`;
    if (!row || (siteId !== null && row.site_id === null)) throw new Problem('not-found');
    const { time_zone: timeZone, version: settingsVersion } = row;
    const site: PolicySource = { level: 'site', id: row.site_id ?? undefined, name: row.site_name ?? undefined };
    const organization: PolicySource = { level: 'organization', id: row.organization_id, name: row.organization_name };
    return row.site_hours
      ? toBusinessHours({ hours: row.site_hours, timeZone, source: site, settingsVersion })
      : toBusinessHours({ hours: row.organization_hours, timeZone, source: organization, settingsVersion });
  }
}
