/** Console side: Angular specs in CommonJS through jest-preset-angular, zoneless; specs lie beside what they test. */
const { createCjsPreset } = require('jest-preset-angular/presets');

module.exports = {
  // Generous: a busy machine is no failure.
  testTimeout: 300_000,
  ...createCjsPreset({ tsconfig: '<rootDir>/tsconfig.web.spec.json', processWithEsbuild: ['**/node_modules/{temporal-*,uuid}/**/*.js'] }),
  rootDir: __dirname,
  roots: ['<rootDir>/apps/web/src', '<rootDir>/libs/web'],
  testMatch: ['**/*.spec.ts'],
  // ES modules without the suffix that says so; the kernel needs them.
  transformIgnorePatterns: ['node_modules/(?!(.*\\.mjs$|temporal-|uuid))'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.toolchain/', '<rootDir>/.data/'],
  setupFilesAfterEnv: ['<rootDir>/libs/web/ui/src/testing/jest-setup.ts'],
  moduleNameMapper: {
    '^@berth/(kernel|contracts|scheduling)$': '<rootDir>/libs/$1/src/index.ts',
    '^@berth/api-client$': '<rootDir>/libs/api-client/src/index.ts',
    '^@berth/web/([a-z-]+)/testing$': '<rootDir>/libs/web/$1/src/testing.ts',
    '^@berth/web/([a-z-]+)$': '<rootDir>/libs/web/$1/src/index.ts',
  },
  maxWorkers: 2,
};
