export { OutgoingModule } from './outgoing.module';
export { FetchFailed, type FetchFailure, LOOK_UP, type LookUp, type OutgoingRequest, SafeFetch } from './safe-fetch';
