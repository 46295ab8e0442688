import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const src = fileURLToPath(new URL('../../src/', import.meta.url));

/** Into which rooms a room may look: downwards only (docs/design.md). What stands beside the rooms may be used by all. */
const below: Record<string, readonly string[]> = {
  element: ['session', 'sign-in', 'messenger', 'oidc', 'words'],
  setup: ['doctor', 'oidc', 'session'],
  doctor: ['session', 'sign-in', 'messenger', 'oidc'],
  session: ['sign-in', 'messenger', 'oidc', 'words'],
  'sign-in': ['oidc'],
  messenger: [],
  oidc: [],
  testing: [],
};

/** The entries, what they begin with, and the one file that loads parts when they are needed. */
const entries = ['index.ts', 'define.ts', 'react.ts', 'begin.ts', 'parts.ts'];

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const read = (file: string) => readFileSync(join(src, file), 'utf8');

const roomOf = (file: string) => (file.includes('/') ? file.split('/')[0]! : '');

test('no file of src/ imports upwards or sideways', () => {
  const wrong: string[] = [];
  for (const file of files.filter((name) => !entries.includes(name))) {
    for (const [, path] of read(file).matchAll(/(?:from|import\(?) ?'(\.[^']+)'/g)) {
      const [from, to] = [roomOf(file), roomOf(relative(src, join(src, dirname(file), path!)))];
      if (to && to !== from && !below[from]?.includes(to)) wrong.push(`${file} → ${path}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test('no file of src/ is too long to be read at once', () => {
  const long = files.filter((file) => roomOf(file) !== 'testing' && read(file).split('\n').length > 331);
  assert.deepEqual(long, []);
});
