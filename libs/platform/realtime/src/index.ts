export { RealtimeModule } from './realtime.module';
export { Stream } from './stream';
export { Topics, type TopicRule } from './topics';
