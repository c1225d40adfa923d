import type { Page } from '@berth/kernel';
import { type Actor, CurrentActor, Requires } from '@berth/platform/auth';
import { ApiProblems, IdPipe } from '@berth/platform/http';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { MarkNotification } from './mark-notification';
import type { Notification } from './notification';
import {
  NotificationPage,
  NotificationResponse,
  NotificationsQuery,
  ReadAllRequest,
  ReadAllResponse,
  SnoozeRequest,
} from './notifications.dto';
import { type NotificationCounts, NotificationsQueries } from './notifications.queries';

/** What one was told, and what of it waits for one. */
@ApiTags('notifications')
@Controller('notifications')
export class NotificationsController {
  constructor(
    private readonly queries: NotificationsQueries,
    private readonly marking: MarkNotification,
  ) {}

  /** One's own notifications, the newest first; kept for 90 days. */
  @Get()
  @Requires('profile:manage')
  @ApiOkResponse({ type: NotificationPage })
  @ApiProblems('validation-failed', 'unknown-parameter', 'invalid-cursor')
  list(@CurrentActor() actor: Actor, @Query() query: NotificationsQuery): Promise<Page<Notification> & NotificationCounts> {
    return this.queries.list(actor, query.tab, query);
  }

  /** Marks everything as read, or what was told until an instant. */
  @Post('read-all')
  @HttpCode(200)
  @Requires('profile:manage')
  @ApiOkResponse({ type: ReadAllResponse })
  @ApiProblems('validation-failed', 'idempotency-key-reused')
  readAll(@CurrentActor() actor: Actor, @Body() { before }: ReadAllRequest): Promise<{ read: number }> {
    return this.marking.readAll(actor, before === undefined ? undefined : new Date(before));
  }

  /** Marks one as read. */
  @Post(':id/read')
  @HttpCode(200)
  @Requires('profile:manage')
  @ApiOkResponse({ type: NotificationResponse })
  @ApiProblems('not-found', 'idempotency-key-reused')
  read(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<Notification> {
    return this.marking.read(actor, id);
  }

  /** Marks one as unread. */
  @Post(':id/unread')
  @HttpCode(200)
  @Requires('profile:manage')
  @ApiOkResponse({ type: NotificationResponse })
  @ApiProblems('not-found', 'idempotency-key-reused')
  unread(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<Notification> {
    return this.marking.unread(actor, id);
  }

  /** Puts one off; until then it is not counted. */
  @Post(':id/snooze')
  @HttpCode(200)
  @Requires('profile:manage')
  @ApiOkResponse({ type: NotificationResponse })
  @ApiProblems('validation-failed', 'not-found', 'idempotency-key-reused')
  snooze(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string, @Body() { until }: SnoozeRequest): Promise<Notification> {
    return this.marking.snooze(actor, id, new Date(until));
  }
}
