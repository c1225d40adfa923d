import { existsSync } from 'node:fs';

/** Flags for a browser without a screen that talks to nobody but us. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
];

/** The browser of this machine, or the one inside an npm package where there is none. */
export async function chromium(): Promise<{ executablePath: string; args: string[] }> {
  const installed = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium', '/usr/bin/chromium-browser'].find((it) => it && existsSync(it));
  if (installed) return { executablePath: installed, args: FLAGS };
  const { default: packed } = await import('@sparticuz/chromium');
  const executablePath = await packed.executablePath();
  return { executablePath, args: [...FLAGS, ...packed.args.filter((it) => !it.startsWith('--headless'))] };
}
