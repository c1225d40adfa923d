import { defineConfig } from '@playwright/test';
import journeys from './playwright.config';

/** Times and sizes of the console, with nothing else going on. */
export default defineConfig({ ...journeys, testMatch: 'weight.journey.ts', testIgnore: [], workers: 1 });
