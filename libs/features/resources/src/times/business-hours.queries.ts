import { Problem } from '@berth/contracts';
import { visibleSites } from '@berth/places';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { formatHours, type HoursDocument } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import { ResourceCatalogue } from '../resource-catalogue';
import { maySee } from '../visible-resources';
import { type BusinessHours, toBusinessHours } from './business-hours';
import type { TimeScope } from './time-scope';

interface HoursRow {
  organization_id: string;
  organization_name: string;
  organization_hours: HoursDocument | null;
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
    const { hours, timeZone } = terms;
    return toBusinessHours(hours ? formatHours(hours.value) : null, timeZone, hours?.source ?? { level: 'default' });
  }

  private async ofPlace(actor: Actor, siteId: string | null): Promise<BusinessHours> {
    const { organizationId } = actor;
    const [row] = await this.database.of(organizationId).sql<HoursRow>`
      select o.id as organization_id, o.name as organization_name, o.hours as organization_hours, coalesce(s.time_zone, o.time_zone) as time_zone,
             s.id as site_id, s.name as site_name, s.hours as site_hours
      from organization o
      left join site s on s.id = ${siteId} and ${visibleSites(actor)}
      where o.id = ${organizationId}`;
    if (!row || (siteId !== null && row.site_id === null)) throw new Problem('not-found');
    if (row.site_hours)
      return toBusinessHours(row.site_hours, row.time_zone, {
        level: 'site',
        id: row.site_id ?? undefined,
        name: row.site_name ?? undefined,
      });
    return toBusinessHours(row.organization_hours, row.time_zone, {
      level: 'organization',
      id: row.organization_id,
      name: row.organization_name,
    });
  }
}
