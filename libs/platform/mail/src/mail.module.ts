import { Global, Module } from '@nestjs/common';
import { Mail } from './mail';
import { MailTransport } from './mail-transport';
import { MailWorker } from './mail.worker';
import { PublicLinks } from './public-links';
import { TestMail } from './test-mail';

/** Writing to people. */
@Global()
@Module({ providers: [PublicLinks, MailTransport, Mail, TestMail], exports: [PublicLinks, MailTransport, Mail, TestMail] })
export class MailModule {}

/** The sending, for worker processes. */
@Module({ imports: [MailModule], providers: [MailWorker] })
export class MailWorkerModule {}
