import { problems } from '@berth/contracts';
import { accessToken, caller } from './http';
import { startSystem, type RunningSystem } from './start-system';
import { foreignOrganization } from '../../tools/fuzz/foreign.mjs';
import { runFuzz } from '../../tools/fuzz/fuzz.mjs';

const seed = Number(process.env['FUZZ_SEED'] ?? 20261121);
const inputs = Number(process.env['FUZZ_INPUTS'] ?? 5000);

/** Routes the fuzzer cannot send a request to that is taken: set-up is over by then, and nobody works, mails, has an authenticator or a provider here. */
const OUT_OF_REACH = [
  // Sends a browser on, whatever it is asked.
  /\/oauth\/authorize$/,
  /\/setup\//,
  // Nobody listens, nothing was sent, and nothing is signed.
  /\/webhooks\/(callback$|{id}\/(enable$|deliveries\/{did}(\/replay)?$))/,
  /\/waitlist\/{id}\/(accept|decline)$/,
  /\/users\/me\/exports\/{id}\/file$/,
  // Without a worker nothing that happened has its place in the log, and no file is written.
  /\/audit\/(logs\/{id}(\/around)?|exports\/{id}\/file)$/,
  // Without a worker nobody is told anything, and no letter has a link.
  /\/notifications\/({id}\/(read|unread|snooze)|act|act\/inspect|unsubscribe)$/,
  /\/system\/mail-test$/,
  /\/auth\/(registration\/confirm|email\/confirm|password\/forgot|password\/reset)$/,
  /\/users\/{id}\/second-factor\/reset$/,
  /\/auth\/(mfa\/passkey(\/options)?|passkeys|passkeys\/sign-in(\/options)?|passkeys\/{id}(\/remove)?)$/,
  /\/auth\/(oidc\/{provider}\/(start|callback)|oidc\/session|linked-accounts|linked-accounts\/confirm|linked-accounts\/{id}|password\/set)$/,
  /\/auth\/mfa\/(disable|recovery-codes|verify|setup\/confirm|enrolment(\/(confirm|passkey(\/options)?))?)$/,
];

describe('Bad input', () => {
  let system: RunningSystem;

  beforeAll(async () => {
    // Without the worker: what it does by itself would look like a change a refused request made.
    system = await startSystem({ BERTH_ROLES: 'api', BERTH_ALLOWED_NETWORKS: '127.0.0.0/8' });
  });
  afterAll(() => system.stop());

  it(`is refused by every route with a problem, and changes nothing (${inputs} inputs, seed ${seed})`, async () => {
    const foreign = await foreignOrganization(system.databaseUrl);
    await system.asOwner('update organization set registration_open = true');
    const { url, adminToken: token, databaseUrl } = system;

    const { failures, neverAccepted, ...figures } = await runFuzz({
      url,
      token,
      renew: () => accessToken(caller(url), 'admin'),
      databaseUrl,
      seed,
      inputs,
      codes: Object.keys(problems),
      ...foreign,
    });

    console.log(JSON.stringify(figures));
    expect(failures.map((it) => `${it.rule} × ${it.times}: ${it.operation} (${it.mutation})\n${it.detail}\n${it.curl}`)).toEqual([]);
    // Every route was reached with a request it takes, apart from those.
    expect(neverAccepted.filter((name) => !OUT_OF_REACH.some((it) => it.test(name)))).toEqual([]);
    expect(figures.inputs).toBe(inputs);
  }, 900_000);
});
