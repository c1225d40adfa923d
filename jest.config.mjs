/** Server side: native ESM through swc; pure specs (`x.spec.ts`) and database specs (`x.db.spec.ts`) beside what they test. */
import { readFileSync } from 'node:fs';

const swcrc = JSON.parse(readFileSync(new URL('.swcrc', import.meta.url), 'utf8'));
delete swcrc.$schema;
delete swcrc.jsc.baseUrl;
delete swcrc.jsc.paths;

export default {
  rootDir: '.',
  roots: ['<rootDir>/libs', '<rootDir>/apps', '<rootDir>/migrations', '<rootDir>/tools'],
  testEnvironment: 'node',
  testMatch: ['**/*.spec.ts', '**/*.e2e.ts', '**/*.spec.mjs'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/libs/web/', '<rootDir>/apps/web/', '<rootDir>/apps/web-e2e/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.toolchain/', '<rootDir>/.data/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { ...swcrc, swcrc: false, module: { type: 'es6' } }] },
  moduleNameMapper: {
    '^@berth/(kernel|contracts|scheduling)$': '<rootDir>/libs/$1/src/index.ts',
    '^@berth/platform/([a-z-]+)/testing$': '<rootDir>/libs/platform/$1/src/testing.ts',
    '^@berth/platform/([a-z-]+)$': '<rootDir>/libs/platform/$1/src/index.ts',
    '^@berth/migrations$': '<rootDir>/migrations/index.ts',
    '^@berth/(api|worker)$': '<rootDir>/apps/$1/src/index.ts',
    '^@berth/([a-z-]+)$': '<rootDir>/libs/features/$1/src/index.ts',
    '^@berth/([a-z-]+)/testing$': '<rootDir>/libs/features/$1/src/testing.ts',
  },
  setupFiles: ['<rootDir>/libs/platform/testing/src/jest-setup.ts'],
  globalSetup: '<rootDir>/tools/test-database/global-setup.mjs',
  globalTeardown: '<rootDir>/tools/test-database/global-teardown.mjs',
  testSequencer: '<rootDir>/tools/test-order/longest-first.mjs',
  maxWorkers: 2,
  testTimeout: 300_000,
};
