import { OutgoingModule } from '@berth/platform/outgoing';
import { ReservationsModule } from '@berth/reservations';
import { ResourcesModule } from '@berth/resources';
import { Module } from '@nestjs/common';
import { DeliveriesController } from './deliveries/deliveries.controller';
import { Deliveries } from './deliveries/deliveries.subscriber';
import { DeliveryQueries } from './deliveries/delivery.queries';
import { Replay } from './deliveries/replay';
import { SendDelivery } from './deliveries/send-delivery';
import { AddWebhook } from './endpoints/add-webhook';
import { ChangeWebhook } from './endpoints/change-webhook';
import { RemoveWebhook } from './endpoints/remove-webhook';
import { RotateSecret } from './endpoints/rotate-secret';
import { TryWebhook } from './endpoints/try-webhook';
import { WebhookQueries } from './endpoints/webhook.queries';
import { WebhooksController } from './endpoints/webhooks.controller';
import { PostMessage } from './message/post-message';
import { CallbackController } from './provisioning/callback.controller';
import { TakeCallback } from './provisioning/take-callback';

@Module({
  imports: [OutgoingModule, ReservationsModule, ResourcesModule],
  controllers: [CallbackController, WebhooksController, DeliveriesController],
  providers: [
    AddWebhook,
    ChangeWebhook,
    DeliveryQueries,
    PostMessage,
    RemoveWebhook,
    Replay,
    RotateSecret,
    TakeCallback,
    TryWebhook,
    WebhookQueries,
  ],
  exports: [DeliveryQueries],
})
export class WebhooksModule {}

/** Writing down what webhooks are to be told, and sending it. */
@Module({
  imports: [OutgoingModule, ResourcesModule],
  providers: [Deliveries, PostMessage, SendDelivery, WebhookQueries],
})
export class WebhooksWorkerModule {}
