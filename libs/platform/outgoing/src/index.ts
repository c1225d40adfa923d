export { OutgoingModule } from './outgoing.module';
export { FetchFailed, type FetchFailure, type OutgoingRequest, SafeFetch } from './safe-fetch';
