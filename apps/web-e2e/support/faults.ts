import type { Page } from '@playwright/test';

/** What a page did that nobody should see in its console. */
export interface Faults {
  /** Those since the last time. */
  take(): string[];
}

/** Answers the console expects and shows in its own words; the browser notes them as errors all the same. */
const EXPECTED = /the server responded with a status of (401|403|404|409|410|422)|ERR_INTERNET_DISCONNECTED/;

/** Listens to errors in the console, exceptions nobody caught and violations of the content security policy. */
export async function listen(page: Page): Promise<Faults> {
  let seen: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !EXPECTED.test(message.text())) seen.push(`console: ${message.text().slice(0, 300)}`);
  });
  page.on('pageerror', (error) => seen.push(`exception: ${error.message.slice(0, 300)}`));
  await page.exposeFunction('noteViolation', (text: string) => seen.push(`content security policy: ${text}`));
  await page.addInitScript(() => {
    const { noteViolation } = window as unknown as { noteViolation: (text: string) => void };
    addEventListener('securitypolicyviolation', (event) => noteViolation(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
  });
  return {
    take: () => {
      const taken = seen;
      seen = [];
      return taken;
    },
  };
}
