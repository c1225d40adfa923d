import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Call, caller, personWith } from './http';
import { type RunningSystem, startSystem } from './start-system';

const SSHD = '/usr/sbin/sshd';
const hasSsh = existsSync(SSHD) && spawnSync('ssh', ['-V']).status === 0;
const PATIENCE_MS = 120_000;
const SLOT_MS = 900_000;

/** A real sshd, the reference provisioner, and somebody with a key. */
(hasSsh ? describe : describe.skip)('A reservation of a server, with its sshd', () => {
  const dir = mkdtempSync(join(tmpdir(), 'berth-sshd-'));
  const at = (name: string): string => join(dir, name);
  const children = new Set<ChildProcess>();
  let system: RunningSystem;
  let admin: Call;
  let sshPort: number;
  let provisioner: { environment: Record<string, string>; process?: ChildProcess };

  const started = (program: string, args: string[], environment: NodeJS.ProcessEnv = process.env): ChildProcess => {
    const child = spawn(program, args, { env: environment, stdio: ['pipe', 'pipe', 'pipe'] });
    children.add(child);
    child.on('exit', () => children.delete(child));
    return child;
  };

  beforeAll(async () => {
    system = await startSystem({ BERTH_ALLOWED_NETWORKS: '127.0.0.0/8' });
    admin = caller(system.url, system.adminToken);
    sshPort = await freePort();
    for (const key of ['host', 'ada']) spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', at(key)]);
    const settings = {
      ...{ Port: sshPort, ListenAddress: '127.0.0.1', HostKey: at('host'), PidFile: at('pid'), AuthorizedKeysFile: at('keys') },
      ...{ StrictModes: 'no', UsePAM: 'no', PasswordAuthentication: 'no', PermitRootLogin: 'yes', LogLevel: 'VERBOSE' },
    };
    writeFileSync(
      at('config'),
      Object.entries(settings)
        .map(([name, value]) => `${name} ${value}\n`)
        .join(''),
    );
    writeFileSync(at('keys'), '');
    if (userInfo().uid === 0) mkdirSync('/run/sshd', { recursive: true });
    started(SSHD, ['-D', '-e', '-f', at('config')]);
  });
  afterAll(async () => {
    for (const it of children) it.kill('SIGKILL');
    await system.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  const ssh = (command: string): ChildProcess =>
    started('ssh', [
      ...[
        '-p',
        String(sshPort),
        '-i',
        at('ada'),
        '-o',
        'BatchMode=yes',
        '-o',
        'StrictHostKeyChecking=no',
        '-o',
        'UserKnownHostsFile=/dev/null',
      ],
      ...['-o', 'IdentitiesOnly=yes', '-o', 'LogLevel=ERROR', `${userInfo().username}@127.0.0.1`, command],
    ]);
  const login = async (command = 'echo here'): Promise<{ code: number | null; output: string }> => {
    const child = ssh(command);
    const output = collected(child);
    const code = await new Promise<number | null>((done) => child.on('close', done));
    return { code, output: output() };
  };
  const startProvisioner = async (): Promise<void> => {
    const child = started(process.execPath, [resolve('tools/provisioner/provisioner.mjs')], { ...process.env, ...provisioner.environment });
    const output = collected(child);
    await until(async () => output().includes('listens'), 'the provisioner to listen');
    provisioner.process = child;
  };
  const killProvisioner = async (): Promise<void> => {
    const child = provisioner.process;
    const ended = new Promise((done) => child?.on('exit', done));
    child?.kill('SIGKILL');
    await ended;
  };

  it('is open with the key of its booker from start to end, warns, is extended, and is shut though the provisioner dies twice', async () => {
    const ada = await personWith(admin, 'user', 'ada');
    await ada.call('POST', '/users/me/ssh-keys', { body: { publicKey: readFileSync(`${at('ada')}.pub`, 'utf8').trim() } });
    const { body: server } = await admin('POST', '/resources', { body: { name: 'gpu-07' } });
    const port = await freePort();
    const { body: hook } = await admin('POST', '/webhooks', {
      body: {
        ...{ name: 'Provisioner', url: `http://127.0.0.1:${port}/`, events: ['reservation.*'], payload: 'provisioning' },
        scope: { kind: 'resources', ids: [server.id] },
      },
    });
    provisioner = {
      environment: {
        ...{ BERTH_URL: system.url, BERTH_TOKEN: system.adminToken, WEBHOOK_ID: hook.id, WEBHOOK_SECRET: hook.secret, PORT: String(port) },
        ...{ PROVISIONER_STATE: at('grants.json'), PROVISIONER_KEYS: at('keys'), PROVISIONER_WARN_MINUTES: '60' },
        PROVISIONER_WELCOME: `ssh -p ${sshPort} ada@gpu-07`,
      },
    };
    expect((await login()).code).not.toBe(0);
    await startProvisioner();
    await killProvisioner();

    // Told while nobody listens; told again a few seconds later.
    // Not in the last moments of a quarter of an hour, which would be over before it is booked.
    if (Date.now() % SLOT_MS > SLOT_MS - 20_000) await sleep(20_000);
    const slot = Math.floor(Date.now() / SLOT_MS) * SLOT_MS;
    const time = { start: new Date(slot).toISOString(), end: new Date(slot + 2 * SLOT_MS).toISOString() };
    const { body: booked } = await ada.call('POST', '/reservations', { body: { resourceId: server.id, title: 'Training run', ...time } });
    const reported = async (outcome: string): Promise<boolean> =>
      (await ada.call('GET', `/reservations/${booked.id}`)).body.provisioning?.outcome === outcome;
    await until(async () => {
      const { body } = await admin('GET', `/webhooks/${hook.id}/deliveries?event=reservation.started`);
      return body.data[0]?.state === 'failed';
    }, 'the first attempt to fail');
    await startProvisioner();
    await until(() => reported('granted'), 'the way to be open');

    expect(await login()).toMatchObject({ code: 0, output: expect.stringContaining('here') });
    expect((await ada.call('GET', `/reservations/${booked.id}`)).body.provisioning.message).toBe(`ssh -p ${sshPort} ada@gpu-07`);
    const session = ssh('sleep 600');
    const said = collected(session);
    const cutOff = new Promise<void>((done) => session.on('close', () => done()));
    const endInSession = (instant: string): string => `ends at ${new Date(instant).toISOString().slice(0, 16)}`;
    await until(async () => said().includes(endInSession(time.end)), 'the warning');

    const extended = await ada.call('POST', `/reservations/${booked.id}/extend`, { body: { minutes: 15 } });
    expect(extended.status).toBe(200);
    await until(async () => said().includes(endInSession(extended.body.end)), 'the session to know the new end');
    expect(readFileSync(at('keys'), 'utf8')).toContain(`expiry-time="${extended.body.end.replace(/[-:TZ]|\.\d+/g, '')}Z"`);

    await killProvisioner();
    expect((await ada.call('POST', `/reservations/${booked.id}/end`)).status).toBe(200);
    await startProvisioner();
    await cutOff;
    await until(() => reported('revoked'), 'the way to be shut');
    expect(said()).toContain('Your reservation is over.');
    expect((await login()).code).not.toBe(0);
    const history = (await ada.call('GET', `/reservations/${booked.id}/history`)).body.data as { type: string }[];
    expect(history.filter((it) => it.type === 'provisioning.reported')).toHaveLength(2);
  });

  it('is shut by sshd and by the session themselves when nobody else is there to do it', async () => {
    const key = readFileSync(`${at('ada')}.pub`, 'utf8')
      .split(' ')
      .slice(0, 2)
      .join(' ');
    const session = resolve('tools/provisioner/session.mjs');
    const stamp = (instant: Date): string => `${instant.toISOString().replace(/[-:T]|\..*/g, '')}Z`;
    const line = (end: Date): string =>
      `expiry-time="${stamp(end)}",restrict,command="'${process.execPath}' '${session}' '${at('none.json')}' 'x' '${end.toISOString()}' '0'" ${key}\n`;
    const soon = new Date(Date.now() + 3_000);
    writeFileSync(at('keys'), line(soon));
    const { code, output } = await login('sleep 600');

    expect(Date.now()).toBeGreaterThanOrEqual(soon.getTime());
    expect({ code: code === 0, output }).toEqual({ code: false, output: expect.stringContaining('Your reservation is over.') });
    // sshd reckons in whole seconds and takes a key to the end of the one that is named; until then the session says no.
    await new Promise((done) => setTimeout(done, Math.floor(soon.getTime() / 1_000) * 1_000 + 1_000 - Date.now()));
    expect((await login()).output).toContain('Permission denied');
  });

  async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
    for (const end = Date.now() + PATIENCE_MS; !(await holds()); await sleep(50))
      if (Date.now() > end) throw new Error(`waited for ${what} in vain\n${system.log().slice(-2_000)}`);
  }
});

function collected(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part: Buffer) => (text += part.toString()));
  return () => text;
}

const freePort = (): Promise<number> =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });
