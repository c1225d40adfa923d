export { JoinWaitlist } from './join-waitlist';
export { WaitlistModule, WaitlistWorkerModule } from './waitlist.module';
