import { Module } from '@nestjs/common';
import { AddFloor } from './add-floor';
import { AddRoom } from './add-room';
import { AddSite } from './add-site';
import { ChangeFloor } from './change-floor';
import { ChangeRoom } from './change-room';
import { ChangeSite } from './change-site';
import { FloorsController } from './floors.controller';
import { PlaceRegister } from './place-register';
import { PlacesQueries } from './places.queries';
import { RoomsController } from './rooms.controller';
import { SetSiteAccess } from './set-site-access';
import { SiteAccessController } from './site-access.controller';
import { SitesController } from './sites.controller';

/** Sites, their floors and the rooms on them. */
@Module({
  controllers: [SitesController, SiteAccessController, FloorsController, RoomsController],
  providers: [AddFloor, AddRoom, AddSite, ChangeFloor, ChangeRoom, ChangeSite, PlaceRegister, PlacesQueries, SetSiteAccess],
  exports: [AddSite, PlaceRegister],
})
export class PlacesModule {}
