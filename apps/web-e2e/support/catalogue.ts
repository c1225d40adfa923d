import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');

/** The catalogue nobody here wrote, where it lies beside the repository; else the one of the same form in it. */
export const catalogue =
  [join(root, '../shared/data/demo-resources.csv'), join(root, 'libs/features/resources/fixtures/catalogue.csv')].find(existsSync) ?? '';
