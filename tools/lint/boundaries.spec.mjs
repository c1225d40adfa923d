import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** What must not pass: each a file that would break an arrow, and a word of the message it must be refused with. */
const forbidden = [
  ['libs/features/people/src/fixture-people-to-reservations.ts', `import { Book } from '@berth/reservations';\nexport const x = Book;\n`],
  [
    'libs/features/resources/src/fixture-resources-to-reservations.ts',
    `import { Book } from '@berth/reservations';\nexport const x = Book;\n`,
  ],
  ['libs/scheduling/src/fixture-nest-in-domain.ts', `import { Injectable } from '@nestjs/common';\nexport const x = Injectable;\n`],
  ['libs/kernel/src/fixture-platform-in-kernel.ts', `import { Clock } from '@berth/platform/runtime';\nexport const x = Clock;\n`],
  ['libs/web/data/src/fixture-server-in-web.ts', `import { Database } from '@berth/platform/database';\nexport const x = Database;\n`],
];

describe('The arrows of boundaries.mjs', () => {
  it('refuse every import that goes against them', () => {
    for (const [file, text] of forbidden) writeFileSync(join(root, file), text);
    try {
      const { stdout } = spawnSync(
        process.execPath,
        ['node_modules/eslint/bin/eslint.js', '--format', 'json', ...forbidden.map(([file]) => file)],
        {
          cwd: root,
          encoding: 'utf8',
          env: { ...process.env, NX_DAEMON: 'false', NODE_OPTIONS: '' },
        },
      );
      const results = JSON.parse(stdout);

      const refused = results.filter((it) => it.messages.some((message) => message.ruleId === '@nx/enforce-module-boundaries'));
      expect(refused.map((it) => it.filePath.slice(root.length + 1)).sort()).toEqual(forbidden.map(([file]) => file).sort());
    } finally {
      for (const [file] of forbidden) rmSync(join(root, file), { force: true });
    }
  }, 120_000);
});
