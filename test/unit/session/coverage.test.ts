import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The session's rules are pure, so every branch of them has a test that says what it is for: tables, not stories. */
const rules = ['happenings', 'rules', 'guard', 'waits'];
const tests = ['happenings', 'rules', 'guard', 'waits'];

interface Coverage {
  result: {
    url: string;
    functions: { ranges: { startOffset: number; endOffset: number; count: number }[] }[];
  }[];
}

const folder = fileURLToPath(new URL('.', import.meta.url));
const temporary = mkdtempSync(join(tmpdir(), 'genesys-auth-messenger-'));
after(() => rmSync(temporary, { recursive: true }));

describe('every branch is tested', () => {
  let code = '';
  let unused: { startOffset: number; endOffset: number }[] = [];

  // One file, in one process: what V8 has counted in it needs no merging, and no map.
  before(async () => {
    const outfile = join(temporary, 'tests.mjs');
    const imports = tests.map((name) => `import './${name}.test.ts';`).join('');
    await build({
      stdin: { contents: imports, resolveDir: folder },
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      // The package says that nothing but its entries has side effects.
      ignoreAnnotations: true,
      logLevel: 'error',
    });
    const coverage = join(temporary, 'coverage');
    const env = { ...process.env, NODE_V8_COVERAGE: coverage, NODE_TEST_CONTEXT: undefined };
    const { status, stdout } = spawnSync(process.execPath, [outfile], { encoding: 'utf8', env });
    assert.equal(status, 0, stdout);
    code = readFileSync(outfile, 'utf8');
    const [report] = readdirSync(coverage);
    const { result } = JSON.parse(readFileSync(join(coverage, report!), 'utf8')) as Coverage;
    const { functions } = result.find(({ url }) => url.endsWith('tests.mjs'))!;
    unused = functions.flatMap(({ ranges }) => ranges).filter(({ count }) => count === 0);
  });

  for (const name of rules)
    it(`src/session/${name}.ts`, () => {
      const start = code.search(new RegExp(`^// .*src/session/${name}\\.ts$`, 'm'));
      assert.ok(start >= 0);
      const length = code.slice(start + 3).search(/^\/\/ .*(src|test|node_modules)\//m);
      const end = start + 3 + (length < 0 ? code.length : length);
      const untested = unused
        .filter(({ startOffset }) => startOffset >= start && startOffset < end)
        .map(({ startOffset, endOffset }) => code.slice(startOffset, endOffset));
      assert.deepEqual(untested, []);
    });
});
