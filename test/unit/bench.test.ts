import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const root = new URL('../../', import.meta.url);
const { figures } = await import(new URL('bench/figures.mjs', root).href);
const { changes, kept } = await import(new URL('bench/report.mjs', root).href);

const keptOf = (rows: object[]) => kept({ click: [{ title: 'Click', measured: '', rows }] });
const limited = { name: 'ours', value: '', limit: '× 1.50' };

test('docs/performance.md has the figures that the bench takes, and their commands', () => {
  const document = readFileSync(new URL('docs/performance.md', root), 'utf8');
  const sections = [...document.matchAll(/^## (.+)\n\n`npm run bench -- (\w+)`$/gm)];
  const documented = sections.map(([, about, name]) => [name, about]);
  const taken = Object.entries<{ about: string }>(figures).map(([name, { about }]) => [name, about]);
  assert.deepEqual(documented, taken, 'Run: npm run bench -- --write');
});

test('a ratio with a limit that is more than 10 % worse than before fails', () => {
  const before = keptOf([{ ...limited, ratio: 1.2 }]);
  assert.deepEqual(changes(keptOf([{ ...limited, ratio: 1.32 }]), before), []);
  assert.deepEqual(changes(keptOf([{ ...limited, ratio: 1.33 }]), before), [
    { line: 'Click: ours: × 1.20 → × 1.33', isWorse: true },
  ]);
});

test('a ratio without a limit, and a figure that was not taken before, do not fail', () => {
  const unlimited = { name: 'ours', value: '' };
  const before = keptOf([{ ...unlimited, ratio: 1 }]);
  assert.deepEqual(changes(keptOf([{ ...unlimited, ratio: 9 }]), before), []);
  assert.deepEqual(changes(keptOf([{ ...limited, ratio: 9 }]), {}), []);
});

test('a size that has changed is told and does not fail', () => {
  const before = keptOf([{ name: 'file', value: '', bytes: 100 }]);
  assert.deepEqual(changes(keptOf([{ name: 'file', value: '', bytes: 120 }]), before), [
    { line: 'Click: file: 100 → 120 bytes', isWorse: false },
  ]);
});
