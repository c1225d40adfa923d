export type { DueWork } from './due-work';
export { Queue } from './queue';
export { QueueModule } from './queue.module';
