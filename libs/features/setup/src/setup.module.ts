import { PeopleModule } from '@berth/people';
import { PlacesModule } from '@berth/places';
import { ReservationsModule } from '@berth/reservations';
import { ResourcesModule } from '@berth/resources';
import { Module } from '@nestjs/common';
import { DemoOrganization } from './demo-organization';
import { Initialise } from './initialise';
import { SetupController } from './setup.controller';
import { SetupToken } from './setup-token';

@Module({
  imports: [PeopleModule, PlacesModule, ResourcesModule, ReservationsModule],
  controllers: [SetupController],
  providers: [DemoOrganization, Initialise, SetupToken],
  exports: [DemoOrganization, SetupToken],
})
export class SetupModule {}
