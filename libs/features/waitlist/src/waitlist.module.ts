import { ReservationsModule } from '@berth/reservations';
import { ResourcesModule } from '@berth/resources';
import { Module } from '@nestjs/common';
import { AnswerOffer } from './answer-offer';
import { JoinWaitlist } from './join-waitlist';
import { Offer } from './offer';
import { Openings } from './openings.subscriber';
import { ServeQueue } from './serve-queue';
import { SettleOffers } from './settle-offers';
import { WaitlistController } from './waitlist.controller';
import { WaitlistQueries } from './waitlist.queries';
import { WaitlistWorker } from './waitlist.worker';

@Module({
  imports: [ReservationsModule, ResourcesModule],
  controllers: [WaitlistController],
  providers: [AnswerOffer, JoinWaitlist, WaitlistQueries],
  exports: [AnswerOffer, JoinWaitlist],
})
export class WaitlistModule {}

/** What goes on without a request. */
@Module({
  imports: [ReservationsModule, ResourcesModule],
  providers: [Offer, Openings, ServeQueue, SettleOffers, WaitlistQueries, WaitlistWorker],
})
export class WaitlistWorkerModule {}
