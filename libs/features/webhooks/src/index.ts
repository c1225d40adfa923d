export { DeliveryQueries } from './deliveries/delivery.queries';
export { sweepDeliveries } from './deliveries/sweep-deliveries';
export { WebhooksModule, WebhooksWorkerModule } from './webhooks.module';
