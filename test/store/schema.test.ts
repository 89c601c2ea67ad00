import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getTableConfig } from 'drizzle-orm/sqlite-core';
import { describe, expect, it } from 'vitest';
import * as schema from '../../src/store/schema.ts';

const folder = 'src/store/migrations';
const sql = readdirSync(folder)
  .sort()
  .map(name => readFileSync(join(folder, name), 'utf8'))
  .join('\n');
const documented = readFileSync('src/store/SCHEMA.md', 'utf8');

/** `name TYPE`, with NOT NULL where it is said, of each column in the order of the names. */
function columnsInSql(table: string): readonly string[] {
  const body = new RegExp(`CREATE TABLE ${table} \\(\\n(.*?)\\n\\) STRICT`, 'su').exec(sql)?.[1] ?? '';
  return [...body.matchAll(/^ {2}([a-z_]+) (TEXT|INTEGER|BLOB)(.*)$/gmu)]
    .map(([, name, type, rest = '']) => `${name} ${type}${rest.includes('NOT NULL') ? ' NOT NULL' : ''}`)
    .sort();
}

const tables = Object.values(schema).map(table => getTableConfig(table));

describe.each(tables)('the table $name', ({ name, columns, primaryKeys }) => {
  it('is made by the migrations as the code has it', () => {
    const own = columns.map(
      each => `${each.name} ${each.getSQLType().toUpperCase()}${each.notNull ? ' NOT NULL' : ''}`,
    );
    expect(columnsInSql(name)).toEqual(own.sort());
    const [key] = primaryKeys;
    if (key !== undefined)
      expect(sql).toMatch(
        new RegExp(
          `CREATE TABLE ${name} \\(.*?PRIMARY KEY \\(${key.columns.map(each => each.name).join(', ')}\\)`,
          'su',
        ),
      );
  });

  it('has the organisation first in its key', () => {
    const [key] = primaryKeys;
    const first = key?.columns[0]?.name ?? columns.find(column => column.primary)?.name;
    expect({ organisations: 'name', tokens: 'id' }[name] ?? 'org').toBe(first);
  });

  it('is in SCHEMA.md with every column', () => {
    const section = documented.split(/^### /mu).find(text => text.startsWith(`\`${name}\``)) ?? '';
    const rows = new Set([...section.matchAll(/`([a-z_]+)`/gu)].map(match => match[1]));
    expect(columns.map(column => column.name).filter(column => !rows.has(column))).toEqual([]);
  });
});

it('every table that the migrations make is known', () => {
  const made = [...sql.matchAll(/CREATE TABLE ([a-z_]+)/gu)].map(match => match[1]);
  expect(made.sort()).toEqual([...tables.map(table => table.name), 'policy_versions'].sort());
});
