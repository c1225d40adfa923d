import { Global, Module } from '@nestjs/common';
import { OpenEventStream } from './open-event-stream';
import { Stream } from './stream';
import { StreamController } from './stream.controller';
import { StreamTickets } from './stream-tickets';
import { Topics } from './topics';

@Global()
@Module({ controllers: [StreamController], providers: [Stream, StreamTickets, OpenEventStream, Topics], exports: [Stream, Topics] })
export class RealtimeModule {}
