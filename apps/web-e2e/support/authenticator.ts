import type { Page } from '@playwright/test';

/** A device that makes and shows passkeys for one page, as Chromium plays it (CDP domain WebAuthn). */
export interface Authenticator {
  /** Whether it agrees at once to whatever is asked of it; it does until told otherwise. */
  agrees(enabled: boolean): Promise<void>;
  /** How many passkeys it keeps. */
  count(): Promise<number>;
}

export async function plugIn(page: Page): Promise<Authenticator> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable', { enableUI: false });
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    agrees: async (enabled) => void (await session.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled })),
    count: async () => (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length,
  };
}
