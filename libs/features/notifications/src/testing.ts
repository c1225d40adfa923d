import { ApprovalQueries, Respond } from '@berth/approvals';
import { newId } from '@berth/kernel';
import { Mail, MailTransport, PublicLinks } from '@berth/platform/mail';
import { MailWorker, type Sink, startSink } from '@berth/platform/mail/testing';
import type { Actor } from '@berth/platform/auth';
import { EventLog } from '@berth/platform/outbox';
import { Secrets } from '@berth/platform/runtime';
import { silentOutbox, silentQueue, silentRelay, silentSchedule, type TestDatabase, workOff } from '@berth/platform/testing';
import { Settle } from '@berth/reservations';
import { at } from '@berth/reservations/testing';
import { waitlistOn } from '@berth/waitlist/testing';
import ICAL from 'ical.js';
import pino from 'pino';
import { Act } from './acting/act';
import { ActionLinks } from './acting/action-links';
import { Unsubscribe } from './acting/unsubscribe';
import { Digests } from './digest.worker';
import { Letters } from './letters/letters';
import { MarkNotification } from './mark-notification';
import { NewsOfNotifications } from './news-of-notifications';
import { Notices } from './notices/notices.worker';
import { NotificationsQueries } from './notifications.queries';
import type { Notification } from './notification';
import { ChangeNotificationPreferences, type WantedPreferences } from './preferences/change-notification-preferences';
import { usualPreferences } from './preferences/preferences';
import { PreferencesQueries } from './preferences/preferences.queries';
import { PushMessages } from './push/push-messages';
import { HeldNews } from './telling/held-news.worker';
import { Tell } from './telling/tell';
import { TellPeople } from './telling/tell-people.subscriber';

export const secrets = new Secrets(Buffer.alloc(32, 7));
export const links = new PublicLinks({ publicUrl: 'https://berth.example', host: '127.0.0.1', port: 3000 });

/** Notifications and what they are about, on a test's database. Letters end in a sink, which is empty when a test begins, at eight. */
export function notificationsOn(db: TestDatabase) {
  const list = waitlistOn(db);
  const { on } = list;
  const outbox = silentOutbox();
  let sink: Sink;
  const made = () => {
    const { database } = db;
    const { clock } = on;
    const transport = new MailTransport({ smtpUrl: sink.url, mailFrom: undefined }, links);
    const mail = new Mail(transport, secrets, clock);
    const actions = new ActionLinks(secrets, links, clock);
    const letters = new Letters(mail, links, actions, clock);
    const news = new NewsOfNotifications(outbox);
    const tell = new Tell(mail, letters, new PushMessages(secrets, links), news, clock);
    const silence = pino({ level: 'silent' });
    const relay = silentRelay(database, clock);
    const subscriber = new TellPeople(relay, tell, news, clock);
    const approvals = new ApprovalQueries(database, on.queries, clock);
    const respond = new Respond(database, approvals, new Settle(outbox), outbox, clock);
    const queries = new NotificationsQueries(database, clock);
    const preferences = new PreferencesQueries(database);
    return {
      transport,
      respond,
      act: new Act(
        database,
        actions,
        new Unsubscribe(database, outbox, clock),
        respond,
        list.answer,
        on.checkIn,
        on.move,
        on.cancel,
        clock,
      ),
      actions,
      relay,
      subscriber,
      queries,
      preferences,
      mark: new MarkNotification(database, queries, news, clock),
      prefer: new ChangeNotificationPreferences(database, preferences, outbox, clock),
      heldNews: new HeldNews(database, new EventLog(database), subscriber, clock, silentSchedule()),
      notices: new Notices(database, tell, on.move, clock, silentSchedule()),
      digests: new Digests(database, mail, letters, clock, silentSchedule()),
      postman: new MailWorker(database, transport, secrets, clock, silentQueue(), silence),
    };
  };
  let parts: ReturnType<typeof made> | undefined;
  const part = () => (parts ??= made());
  beforeAll(async () => {
    sink = await startSink();
    await part().relay.drain();
  });
  beforeEach(() => {
    on.clock.set(at('08:00'));
    sink.received.length = 0;
  });
  afterAll(async () => {
    part().transport.onModuleDestroy();
    await sink.stop();
  });
  return {
    on,
    list,
    part,
    /** The server letters go to. */
    get sink(): Sink {
      return sink;
    },
    /** Everything that happened is told, and every letter that may leave has left. */
    async told(): Promise<void> {
      await sequenced(db);
      await part().relay.drain();
      await part().heldNews.run();
      await workOff(part().postman);
    },
    async seenBy(actor: Actor, tab: 'action' | 'all' = 'all'): Promise<readonly Notification[]> {
      return (await part().queries.list(actor, tab, { limit: 50 })).data;
    },
    prefer: (actor: Actor, wanted: Partial<WantedPreferences>) => {
      const { matrix: _, ...usual } = usualPreferences;
      return part().prefer.execute({ ...actor, requestId: newId() }, { ...usual, ...wanted }, undefined);
    },
  };
}

/** Gives every event its place in the log; one that is not yet behind every transaction of the server waits for the next look. */
export async function sequenced(db: TestDatabase): Promise<void> {
  for (;;) {
    await db.database.system.sql`select sequence_events(1000)`;
    const [waiting] = await db.database.system.sql`select from event where sequence is null limit 1`;
    if (!waiting) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** What a calendar program makes of an iCalendar text. */
export interface ReadCalendar {
  readonly uid: string;
  readonly method: string;
  readonly sequence: number;
  /** `start/end` in UTC, in order. */
  readonly dates: readonly string[];
}

/** Reads it by the definitions of zones in it, and by nothing else that wrote it. @param most of what goes on without end */
export function datesIn(text: string, most = 1000): ReadCalendar {
  const calendar = ICAL.Component.fromString(text);
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
  const all = calendar.getAllSubcomponents('vevent').map((it) => new ICAL.Event(it));
  const whole = all.find((it) => !it.isRecurrenceException()) ?? all[0];
  if (!whole) throw new Error('there is nothing in it');
  const spans: string[] = [];
  const add = (start: ICAL.Time, end: ICAL.Time): void =>
    void spans.push(`${start.toJSDate().toISOString()}/${end.toJSDate().toISOString()}`);
  for (const it of all) if (it !== whole && !whole.isRecurrenceException()) whole.relateException(it);
  if (!whole.isRecurring()) for (const it of all.length > 1 ? all.filter((one) => one !== whole) : [whole]) add(it.startDate, it.endDate);
  else
    for (const iterator = whole.iterator(); spans.length < most;) {
      const next = iterator.next() as ICAL.Time | undefined;
      if (!next) break;
      const { startDate, endDate } = whole.getOccurrenceDetails(next);
      add(startDate, endDate);
    }
  return { uid: whole.uid, method: String(calendar.getFirstPropertyValue('method')), sequence: whole.sequence, dates: spans.sort() };
}

/** The calendar a letter brings; undefined where it brings none. */
export function calendarIn(source: string): ReadCalendar | undefined {
  const [, encoded] = /Content-Type: application\/ics[\s\S]*?\r\n\r\n([\s\S]*?)\r\n--/.exec(source) ?? [];
  return encoded === undefined ? undefined : datesIn(Buffer.from(encoded, 'base64').toString());
}
