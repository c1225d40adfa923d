import { AccessModule } from '@berth/access';
import { PeopleModule } from '@berth/people';
import { PlacesModule } from '@berth/places';
import { QuotasModule } from '@berth/quotas';
import { ReservationsModule } from '@berth/reservations';
import { ResourcesModule } from '@berth/resources';
import { WaitlistModule } from '@berth/waitlist';
import { Module } from '@nestjs/common';
import { DemoAccess } from './demo-access';
import { DemoBookings } from './demo-bookings';
import { DemoOrganization } from './demo-organization';
import { DemoDataController } from './demo/demo-data.controller';
import { DemoDataQueries } from './demo/demo-data.queries';
import { RemoveDemoData } from './demo/remove-demo-data';
import { RestoreDemoData } from './demo/restore-demo-data';
import { Initialise } from './initialise';
import { Reopen } from './reopen';
import { Reopening } from './reopening';
import { SetupController } from './setup.controller';
import { SetupToken } from './setup-token';

@Module({
  imports: [AccessModule, PeopleModule, PlacesModule, QuotasModule, ResourcesModule, ReservationsModule, WaitlistModule],
  controllers: [SetupController, DemoDataController],
  providers: [
    DemoAccess,
    DemoBookings,
    DemoOrganization,
    DemoDataQueries,
    Initialise,
    RemoveDemoData,
    Reopen,
    Reopening,
    RestoreDemoData,
    SetupToken,
  ],
  exports: [DemoOrganization, Reopening, SetupToken],
})
export class SetupModule {}
