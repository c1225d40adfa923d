import { Problem } from '@berth/contracts';
import { Injectable } from '@nestjs/common';
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { COSEALG, decodeAttestationObject, decodeClientDataJSON } from '@simplewebauthn/server/helpers';
import { type ChallengePurpose, Challenges } from './challenges';
import { type Party, RelyingParty } from './relying-party';

/** What every browser has. */
const ALGORITHMS = [COSEALG.EdDSA, COSEALG.ES256, COSEALG.RS256];
const TIMEOUT_MS = 5 * 60_000;

/** Whom a key is made for. */
export interface KeyOwner {
  readonly accountId: string;
  readonly username: string;
  readonly displayName: string;
  readonly organization: string;
}

/** A key an authenticator knows, as it is named to a browser. */
export interface KnownKey {
  readonly credentialId: Buffer;
  readonly transports: readonly string[];
}

/** A new key that was proved to be where it says. */
export interface NewKey extends KnownKey {
  readonly publicKey: Buffer;
  readonly rpId: string;
  readonly counter: number;
  readonly backedUp: boolean;
}

/** A key that signed; whether its counter may be believed is asked where it is written down. */
export interface ShownKey {
  readonly counter: number;
  readonly backedUp: boolean;
}

/**
 * The two ceremonies of WebAuthn (Level 3, §7): making a key and signing with one. Keys are discoverable, so that nobody has to
 * type who they are, and the authenticator asks for finger, face or PIN, so that one is two factors.
 */
@Injectable()
export class Ceremonies {
  constructor(
    private readonly party: RelyingParty,
    private readonly challenges: Challenges,
  ) {}

  /** @throws Problem `passkeys-unavailable` */
  async optionsToMake(owner: KeyOwner, has: readonly KnownKey[]): Promise<PublicKeyCredentialCreationOptionsJSON> {
    const { id } = this.party.demand();
    return generateRegistrationOptions({
      rpName: `Berth ${owner.organization}`,
      rpID: id,
      userName: owner.username,
      userDisplayName: owner.displayName,
      userID: handleOf(owner.accountId),
      challenge: Buffer.from(await this.challenges.issue({ kind: 'enrolment', accountId: owner.accountId }), 'base64url'),
      timeout: TIMEOUT_MS,
      attestationType: 'none',
      supportedAlgorithmIDs: ALGORITHMS,
      excludeCredentials: has.map(named),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
  }

  /** @param keys those that may sign; undefined leaves it to the person. @throws Problem `passkeys-unavailable` */
  async optionsToShow(purpose: ChallengePurpose, keys?: readonly KnownKey[]): Promise<PublicKeyCredentialRequestOptionsJSON> {
    return generateAuthenticationOptions({
      rpID: this.party.demand().id,
      challenge: Buffer.from(await this.challenges.issue(purpose), 'base64url'),
      timeout: TIMEOUT_MS,
      userVerification: 'required',
      ...(keys && { allowCredentials: keys.map(named) }),
    });
  }

  /** The key in the answer of a browser. @throws Problem `passkey-refused` whatever is wrong with it, `passkeys-unavailable` */
  async made(accountId: string, response: RegistrationResponseJSON): Promise<NewKey> {
    const party = this.party.demand();
    const expectedChallenge = await this.challengeIn(response.response.clientDataJSON, { kind: 'enrolment', accountId });
    const { registrationInfo } = await orRefused(() => {
      demandNoCertificates(response);
      return verifyRegistrationResponse({ response, expectedChallenge, supportedAlgorithmIDs: ALGORITHMS, ...expectationsOf(party) });
    });
    if (!registrationInfo) throw new Problem('passkey-refused');
    const { credential, credentialBackedUp: backedUp } = registrationInfo;
    return {
      credentialId: Buffer.from(credential.id, 'base64url'),
      publicKey: Buffer.from(credential.publicKey),
      transports: credential.transports ?? [],
      rpId: party.id,
      counter: credential.counter,
      backedUp,
    };
  }

  /**
   * Looks at what an authenticator signed with a known key.
   * @throws Problem `passkey-refused` whatever is wrong with it, `passkeys-unavailable`
   */
  async shown(
    purpose: ChallengePurpose,
    key: { readonly credentialId: Buffer; readonly publicKey: Buffer; readonly accountId: string } | undefined,
    response: AuthenticationResponseJSON,
  ): Promise<ShownKey> {
    const party = this.party.demand();
    const expectedChallenge = await this.challengeIn(response.response.clientDataJSON, purpose);
    const { userHandle } = response.response;
    const isOwners = key && (userHandle ? userHandle === handleOf(key.accountId).toString('base64url') : purpose.kind !== 'sign-in');
    if (!key || !isOwners) throw new Problem('passkey-refused');
    // Counters are compared where they are kept, under a lock; 0 leaves that to it.
    const credential = { id: key.credentialId.toString('base64url'), publicKey: new Uint8Array(key.publicKey), counter: 0 };
    const { verified, authenticationInfo } = await orRefused(() =>
      verifyAuthenticationResponse({ response, expectedChallenge, credential, ...expectationsOf(party) }),
    );
    if (!verified) throw new Problem('passkey-refused');
    return { counter: authenticationInfo.newCounter, backedUp: authenticationInfo.credentialBackedUp };
  }

  /** The challenge an answer is about, used up by this. */
  private async challengeIn(clientData: string, purpose: ChallengePurpose): Promise<string> {
    const { challenge } = await orRefused(() => Promise.resolve(decodeClientDataJSON(clientData)));
    if (typeof challenge !== 'string' || !(await this.challenges.take(challenge, purpose))) throw new Problem('passkey-refused');
    return challenge;
  }
}

/** What an authenticator calls the person: the bytes of the id, which say nothing of them. */
const handleOf = (accountId: string): Buffer<ArrayBuffer> => Buffer.from(accountId.replaceAll('-', ''), 'hex');

const named = ({ credentialId, transports }: KnownKey) => ({ id: credentialId.toString('base64url'), transports: [...transports] });

const expectationsOf = ({ id, origin }: Party) => ({ expectedOrigin: origin, expectedRPID: id, requireUserVerification: true });

/**
 * We ask for no attestation, and browsers then leave certificates out. Verifying one would fetch the revocation lists it names:
 * addresses a stranger chose.
 */
function demandNoCertificates({ response }: RegistrationResponseJSON): void {
  const object = decodeAttestationObject(new Uint8Array(Buffer.from(response.attestationObject, 'base64url')));
  const isSelfSigned = object.get('fmt') === 'packed' && object.get('attStmt').get('x5c') === undefined;
  if (object.get('fmt') !== 'none' && !isSelfSigned) throw new Problem('passkey-refused');
}

/** The library throws plain errors for everything that is wrong with an answer, and so does the reading of one that is none. */
async function orRefused<T>(look: () => Promise<T>): Promise<T> {
  try {
    return await look();
  } catch {
    throw new Problem('passkey-refused');
  }
}
