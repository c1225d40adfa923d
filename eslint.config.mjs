import nx from '@nx/eslint-plugin';
import angular from 'angular-eslint';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';
import { boundaries } from './boundaries.mjs';

const web = ['apps/web/**/*.ts', 'libs/web/**/*.ts'];

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/**',
      'dist/**',
      '.nx/**',
      '.angular/**',
      '.toolchain/**',
      '.data/**',
      'libs/api-client/src/generated/**',
      'test-results/**',
      'tmp/**',
    ],
  },
  {
    files: ['**/*.ts'],
    plugins: { '@typescript-eslint': tseslint.plugin, '@nx': nx },
    languageOptions: { parser: tseslint.parser },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        {
          // The stories and journeys drive the tools that are no library: load, checker, fuzz, throw-away directories.
          allow: ['../../tools/**', '../../../tools/**'],
          enforceBuildableLibDependency: false,
          // Only the specs of these close the circle: what they test is what testing is made of.
          ignoredCircularDependencies: [
            ['platform-database', 'platform-testing'],
            ['platform-outbox', 'platform-testing'],
            ['platform-queue', 'platform-testing'],
          ],
          depConstraints: boundaries,
        },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }],
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'A union of literals instead of an enum.' },
        { selector: 'ExportDefaultDeclaration', message: 'Names, not default exports.' },
        { selector: 'ExportAllDeclaration', message: 'A barrel lists its names one by one.' },
        {
          // A sub-query that locks may be run once for every row of the other table; each time it passes over what it changed before.
          selector:
            'TemplateLiteral:has(TemplateElement[value.raw=/skip locked\\s*\\)/]):not(:has(TemplateElement[value.raw=/as materialized/]))',
          message: 'Rows to work on are chosen in a CTE that is materialized: only there the limit holds.',
        },
      ],
      'no-console': 'error',
      'prefer-const': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  // Nest injects by the types of constructor parameters, so those imports must stay values.
  {
    files: ['apps/{api,worker,server}/**/*.ts', 'libs/{platform,features}/**/*.ts'],
    rules: { '@typescript-eslint/consistent-type-imports': 'off' },
  },
  // One place reads the environment.
  {
    files: ['apps/{api,worker,server}/**/*.ts', 'libs/**/*.ts'],
    ignores: ['libs/platform/testing/**', 'apps/server/src/main.ts', '**/*.spec.ts'],
    rules: {
      'no-restricted-properties': ['error', { object: 'process', property: 'env', message: 'Settings come from Config.' }],
    },
  },
  // Domain libs know no clock.
  {
    files: ['libs/{kernel,contracts,scheduling}/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-properties': ['error', { object: 'Date', property: 'now', message: 'Now is an argument.' }],
      'no-restricted-globals': ['error', 'fetch', 'process', 'setTimeout'],
    },
  },
  // Civil time is turned to instants in one file.
  {
    files: ['**/*.ts'],
    ignores: ['libs/kernel/src/**', '**/*.spec.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [{ name: 'temporal-polyfill', message: 'Use @berth/kernel, zoned-time.' }] }] },
  },
  // HTTP leaves from one file (SSRF-04).
  {
    files: ['apps/{api,worker,server}/**/*.ts', 'libs/{platform,features}/**/*.ts'],
    ignores: ['libs/platform/outgoing/src/**', 'libs/platform/testing/**', '**/testing.ts', '**/*.spec.ts'],
    rules: {
      'no-restricted-globals': ['error', { name: 'fetch', message: 'Use SafeFetch of @berth/platform/outgoing.' }],
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          paths: ['http', 'https', 'http2', 'node:http', 'node:https', 'node:http2', 'undici', 'axios', 'got', 'node-fetch'].map(
            (name) => ({
              name,
              message: 'Use SafeFetch of @berth/platform/outgoing.',
              allowTypeImports: true,
            }),
          ),
        },
      ],
    },
  },
  {
    files: web,
    extends: [...angular.configs.tsRecommended],
    processor: angular.processInlineTemplates,
    rules: {
      '@angular-eslint/component-class-suffix': 'off',
      '@angular-eslint/directive-class-suffix': 'off',
      '@angular-eslint/component-selector': 'off',
      '@angular-eslint/directive-selector': 'off',
    },
  },
  {
    files: ['apps/web/**/*.html', 'libs/web/**/*.html'],
    extends: [...angular.configs.templateRecommended, ...angular.configs.templateAccessibility],
  },
  // Whoever opens the barrel of the generated client does not decide its form; tool configurations export a default.
  { files: ['libs/api-client/src/index.ts', 'apps/web-e2e/*.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
  // Stories print the figures they saw.
  { files: ['apps/{api,web}-e2e/**/*.ts'], rules: { 'no-console': 'off' } },
  prettier,
);
