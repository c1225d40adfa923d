/** The schema as text, read from a migrated throw-away database: what every migration adds up to, as a reviewable diff. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { throwAwayDirectory } from '../test-database/throw-away-directory.mjs';
import { dist } from './paths.mjs';

const OWN = `n.nspname = 'public' and not exists (select from pg_depend d where d.objid = o.oid and d.deptype = 'e')`;

/** @returns {Promise<string>} */
export async function dumpSchema() {
  await import('reflect-metadata');
  const { startEmbedded, migrate, removeEmbedded } = await import(pathToFileURL(join(dist, 'libs/platform/database/src/index.js')).href);
  const dataDir = throwAwayDirectory('berth-schema-');
  const server = await startEmbedded({ dataDir, durable: false, log: () => undefined });
  try {
    await migrate(server.url);
    return await readSchema(server.url);
  } finally {
    await server.stop();
    await removeEmbedded(dataDir);
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** @param {string} url */
async function readSchema(url) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const rows = async (/** @type {string} */ text, /** @type {unknown[]} */ values = []) => (await client.query(text, values)).rows;
  try {
    const tables = await rows(`
      select o.oid, o.relname as name, o.relrowsecurity as guarded, obj_description(o.oid) as comment
      from pg_class o join pg_namespace n on n.oid = o.relnamespace
      where o.relkind = 'r' and o.relname <> 'schema_migration' and ${OWN} order by o.relname`);
    const parts = [];
    for (const table of tables) parts.push(await readTable(rows, table));
    const routines = await rows(`
      select pg_get_functiondef(o.oid) as text from pg_proc o join pg_namespace n on n.oid = o.pronamespace
      where ${OWN} order by o.proname, pg_get_function_identity_arguments(o.oid)`);
    parts.push(...routines.map((it) => `${it.text.trim()};`));
    return `-- The schema all migrations add up to. Written by npm run generate; compared by npm test.\n\n${parts.join('\n\n')}\n`;
  } finally {
    await client.end();
  }
}

/** @param {(text: string, values?: unknown[]) => Promise<any[]>} rows @param {{ oid: number, name: string, guarded: boolean, comment: string | null }} table */
async function readTable(rows, table) {
  const columns = await rows(
    `select a.attname as name, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as required, a.attidentity as identity,
            pg_get_expr(d.adbin, d.adrelid) as fallback, col_description(a.attrelid, a.attnum) as comment
     from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
     where a.attrelid = $1 and a.attnum > 0 and not a.attisdropped order by a.attnum`,
    [table.oid],
  );
  const constraints = await rows(
    `select conname as name, pg_get_constraintdef(oid) as text from pg_constraint where conrelid = $1 and contype <> 'n' order by contype, conname`,
    [table.oid],
  );
  const indexes = await rows(
    `select pg_get_indexdef(i.indexrelid) as text from pg_index i
     where i.indrelid = $1 and not exists (select from pg_constraint c where c.conindid = i.indexrelid and c.contype in ('p', 'u', 'x')) order by 1`,
    [table.oid],
  );
  const policies = await rows(
    `select polname as name, pg_get_expr(polqual, polrelid) as sees, pg_get_expr(polwithcheck, polrelid) as writes, polcmd as command,
            (select string_agg(rolname, ', ' order by rolname) from pg_roles where oid = any(polroles)) as roles
     from pg_policy where polrelid = $1 order by polname`,
    [table.oid],
  );
  const grants = await rows(
    `select grantee, string_agg(privilege_type, ', ' order by privilege_type) as rights from information_schema.role_table_grants
     where table_schema = 'public' and table_name = $1 and grantee like 'berth\\_%' group by grantee order by grantee`,
    [table.name],
  );
  const triggers = await rows(
    `select pg_get_triggerdef(oid) as text from pg_trigger where tgrelid = $1 and not tgisinternal order by tgname`,
    [table.oid],
  );
  const lines = [
    ...columns.map(
      (it) =>
        `  ${it.name} ${it.type}${it.identity ? ' generated always as identity' : ''}${it.required ? ' not null' : ''}${it.fallback ? ` default ${it.fallback}` : ''}`,
    ),
    ...constraints.map((it) => `  constraint ${it.name} ${it.text}`),
  ];
  return [
    `create table ${table.name} (\n${lines.join(',\n')}\n);`,
    ...(table.comment ? [`comment on table ${table.name} is ${quote(table.comment)};`] : []),
    ...columns.filter((it) => it.comment).map((it) => `comment on column ${table.name}.${it.name} is ${quote(it.comment)};`),
    ...indexes.map((it) => `${it.text};`),
    ...triggers.map((it) => `${it.text};`),
    ...(table.guarded ? [`alter table ${table.name} enable row level security;`] : []),
    ...policies.map(
      (it) => `create policy ${it.name} on ${table.name} for ${it.command} to ${it.roles} using (${it.sees}) with check (${it.writes});`,
    ),
    ...grants.map((it) => `grant ${it.rights} on ${table.name} to ${it.grantee};`),
  ].join('\n');
}

/** @param {string} text */
const quote = (text) => `'${text.replaceAll("'", "''")}'`;
