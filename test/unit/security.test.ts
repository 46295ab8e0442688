import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

/** SECURITY.md claims nothing without a test that shows it, and README.md promises nothing that is not in SECURITY.md. */

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const security = read('SECURITY.md');

interface Row {
  cells: string[];
  tests: { file: string; titles: string[] }[];
}

const reference = /\[([\w.-]+)\]\((test\/[\w./-]+)\) (“[^”]+”(?:, “[^”]+”)*)/g;

/** The rows of all tables whose last column is `Test`. */
function rowsOf(markdown: string): Row[] {
  const rows: Row[] = [];
  let head: string[] = [];
  for (const line of markdown.split('\n')) {
    if (!line.startsWith('|')) head = [];
    else if (!head.length) head = cellsOf(line);
    else if (!/^[|\s:-]+$/.test(line) && head.at(-1) === 'Test') {
      const cells = cellsOf(line);
      const tests = [...cells.at(-1)!.matchAll(reference)].map(([, , file, titles]) => ({
        file: file!,
        titles: [...titles!.matchAll(/“([^”]+)”/g)].map(([, title]) => title!),
      }));
      rows.push({ cells, tests });
    }
  }
  return rows;
}

const cellsOf = (line: string): string[] =>
  line
    .slice(1, line.lastIndexOf('|'))
    .split('|')
    .map((cell) => cell.trim());

/** The title as a whole, or the whole of what a templated title has between its variable parts. */
function isTitleIn(code: string, title: string): boolean {
  const literal = title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?:['"\`]|\\}[:\\s]*)${literal}(?:['"\`]|[\\s"]*\\$\\{)`).test(code);
}

const rows = rowsOf(security);

describe('SECURITY.md', () => {
  it('has a table for each attacker', () => {
    const model = /## Threat model\n([^]+?)\n## /.exec(security)![1]!;
    const sections = model.split(/^### /m).slice(1);
    assert.equal(sections.length, 8);
    for (const section of sections) assert.notDeepEqual(rowsOf(section), [], section.split('\n')[0]);
  });

  it('names a test in every row of every table, in the form that is checked', () => {
    for (const { cells, tests } of rows) {
      assert.notDeepEqual(tests, [], cells.join(' | '));
      assert.equal(cells.at(-1)!.replaceAll(reference, '').replace(/[,\s]/g, ''), '', cells.at(-1));
    }
    const tables = security.split('\n').filter((line) => /^\|[\s:|-]+\|$/.test(line));
    const withTests = security.split('\n').filter((line) => /\| Test\s*\|$/.test(line));
    assert.equal(withTests.length, tables.length, 'a table without a column for tests');
  });

  for (const { file, titles } of rows.flatMap(({ tests }) => tests))
    for (const title of titles)
      it(`names a test that is there: ${file} “${title}”`, () => {
        assert.ok(existsSync(new URL(file, root)), file);
        assert.ok(isTitleIn(read(file), title), `${file} has no such title: ${title}`);
      });

  it('has a test for each thing that README.md promises never to do, and for no other', () => {
    const [, promises] = /## What it never does\n([^]+?)\n## /.exec(read('README.md'))!;
    const [, table] = /## What the README promises\n([^]+?)\n## /.exec(security)!;
    assert.deepEqual(
      rowsOf(table!).map(({ cells }) => cells[0]),
      [...promises!.matchAll(/^- \*\*(\w+)\.\*\*/gm)].map(([, name]) => name),
    );
  });
});

describe('a title', () => {
  const code = "it('is whole', x); it(`${what} is made of ${parts} here`, x); const t = ['a key', 1];";
  for (const title of ['is whole', 'is made of', 'a key', 'here'])
    it(`is found whole: ${title}`, () => assert.ok(isTitleIn(code, title)));
  for (const title of ['whole', 'is', 'made of', 'key', 'is whole, x', 'is.whole'])
    it(`is not found by a part of it: ${title}`, () => assert.ok(!isTitleIn(code, title)));
});
