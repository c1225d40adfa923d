import { defineConfig } from '@playwright/test';
import { chromium } from './support/chromium';

const browser = await chromium();

/** Browser journeys: few, each through the whole system. Two at a time; what is measured is measured alone, by `weight.config.ts`. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.journey.ts',
  testIgnore: 'weight.journey.ts',
  workers: 2,
  // Generous: a busy machine is no failure.
  timeout: 300_000,
  expect: { timeout: 30_000 },
  outputDir: '../../test-results/journeys',
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath: browser.executablePath, args: browser.args },
    viewport: { width: 1440, height: 860 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    trace: 'off',
  },
});
