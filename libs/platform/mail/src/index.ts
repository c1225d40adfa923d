export { type Letter, type LetterLanguage, letterLanguageOf, letterLanguages, words } from './letter';
export { Mail, type Post } from './mail';
export { MailModule, MailWorkerModule } from './mail.module';
export { isMailAddress, MailTransport } from './mail-transport';
export { PublicLinks } from './public-links';
export { type SentTestMail, TestMail } from './test-mail';
