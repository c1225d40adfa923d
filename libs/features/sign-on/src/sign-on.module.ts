import { PeopleModule } from '@berth/people';
import { OutgoingModule } from '@berth/platform/outgoing';
import { Module } from '@nestjs/common';
import { BeginLink } from './linked/begin-link';
import { ConfirmLink } from './linked/confirm-link';
import { LinkAccount } from './linked/link-account';
import { LinkedController } from './linked/linked.controller';
import { LinkedQueries } from './linked/linked.queries';
import { UnlinkAccount } from './linked/unlink-account';
import { AddProvider } from './providers/add-provider';
import { ChangeProvider } from './providers/change-provider';
import { OrderProviders } from './providers/order-providers';
import { ProvidersController } from './providers/providers.controller';
import { ProvidersQueries } from './providers/providers.queries';
import { RemoveProvider } from './providers/remove-provider';
import { TestIssuer } from './providers/test-issuer';
import { ApplyMapping } from './signing-in/apply-mapping';
import { BeginSignOn } from './signing-in/begin-sign-on';
import { JoinThroughProvider } from './signing-in/join-through-provider';
import { OpenId } from './signing-in/openid';
import { ProviderSignOut } from './signing-in/provider-sign-out';
import { SignInWithProvider } from './signing-in/sign-in-with-provider';
import { SignOnController } from './signing-in/sign-on.controller';
import { TakeAnswer } from './signing-in/take-answer';

/** Signing in with OpenID Connect. */
@Module({
  imports: [PeopleModule, OutgoingModule],
  controllers: [SignOnController, LinkedController, ProvidersController],
  providers: [
    ...[AddProvider, ChangeProvider, OrderProviders, ProvidersQueries, RemoveProvider, TestIssuer],
    ...[ApplyMapping, BeginSignOn, JoinThroughProvider, OpenId, ProviderSignOut, SignInWithProvider, TakeAnswer],
    ...[BeginLink, ConfirmLink, LinkAccount, LinkedQueries, UnlinkAccount],
  ],
})
export class SignOnModule {}
