export { AnswerOffer } from './answer-offer';
export { JoinWaitlist } from './join-waitlist';
export { WaitlistModule, WaitlistWorkerModule } from './waitlist.module';
