export { sweepGrants } from './grants/sweep-grants';
export { OAuthModule } from './oauth.module';
