// The component tests of `npm run mutation`: the test runner serves them, and each mutant meets them in a page of its own.
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, relative } from 'node:path';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { chromiumArgs, ensureBrowser } from './setup.mjs';

/** Milliseconds for all tests of a file, also on a busy machine. */
const timeLimit = 180_000;

/**
 * @typedef {object} Run
 * @property {boolean} passed
 * @property {import('./mutation.mjs').Coverage} coverage
 * @property {string | undefined} reason Why not all have passed.
 */

/**
 * Shared by a page and the frames in it, where the element is.
 * @param {{activeMutant?: string, titles?: string[]}} settings
 */
function share(settings) {
  const own = /** @type {any} */ (window);
  try {
    if (own.top !== own && own.top.__stryker__) {
      own.__stryker__ = own.top.__stryker__;
      return;
    }
  } catch {
    // A page of another origin has its own.
  }
  own.__stryker__ = { ...settings, hitCount: 0, hitLimit: 100_000 };
}

function firstFailure() {
  /** @param {import('mocha').Suite} suite @returns {import('mocha').Test[]} */
  const testsOf = (suite) => [...suite.tests, ...suite.suites.flatMap(testsOf)];
  const failed = testsOf(/** @type {any} */ (window).__WTR_MOCHA_RUNNER__.suite).find(
    (test) => test.state === 'failed',
  );
  return failed && `${failed.fullTitle()}: ${failed.err?.message}`;
}

/** Before the tests of a file: only those that reach the mutant, and the first failure is enough. */
const hooks = `
{
  const shared = globalThis.__stryker__;
  mocha.bail(true);
  if (shared.titles) {
    const escaped = shared.titles.map((title) => title.replace(/[.*+?^\${}()|[\\]\\\\]/g, '\\\\$&'));
    mocha.grep(new RegExp('^(' + escaped.join('|') + ')$'));
  }
  beforeEach(function () { shared.currentTestId = this.currentTest.fullTitle(); });
  afterEach(() => { shared.currentTestId = undefined; });
}
`;

/** What the tests' pages load by its address, besides the tests. */
const entries = ['src/define.ts', 'src/sign-in/flow.ts', 'src/sign-in/landing.ts'];

/**
 * Bundles the tests and what their pages load, in place of the files: each test has a page of its own, and that loads five
 * files and not sixty.
 * @param {string} sandbox
 * @param {string[]} files
 */
async function bundle(sandbox, files) {
  const { outputFiles } = await build({
    entryPoints: [...files, ...entries].map((file) => join(sandbox, file)),
    outbase: sandbox,
    outdir: sandbox,
    write: false,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    logLevel: 'error',
    plugins: [{ name: 'places', setup: keepPlaces }],
  });
  for (const { path, text } of outputFiles) {
    writeFileSync(path, text);
    // By the name that pages ask for.
    const name = relative(sandbox, path).replace(/\.js$/, '.ts');
    if (entries.includes(name) || files.includes(name)) writeFileSync(join(sandbox, name), text);
  }

  /** @param {import('esbuild').PluginBuild} build What a test finds beside its own file is still there. */
  function keepPlaces({ onLoad }) {
    onLoad({ filter: /\/test\/(component|harness)\/.*\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll(
        'import.meta.url',
        `new URL('/${relative(sandbox, path)}', location.href).href`,
      ),
      loader: 'ts',
    }));
  }
}

/**
 * The test runner's server alone. A process of its own, because it draws on the terminal.
 * @param {string} root
 * @param {string} sandbox
 */
async function serve(root, sandbox) {
  const port = await freePort();
  const server = spawn(
    process.execPath,
    [
      join(root, 'node_modules/@web/test-runner/dist/bin.js'),
      ...['--manual', '--port', String(port), '--root-dir', sandbox],
      ...['--files', join(sandbox, 'test/component/**/*.test.ts')],
    ],
    { cwd: root, stdio: 'ignore' },
  );
  const stop = () => void server.kill();
  process.once('exit', stop);
  const origin = `http://localhost:${port}`;
  while (server.exitCode === null) {
    const isReady = await fetch(origin).then(
      () => true,
      () => false,
    );
    if (isReady) return { origin, stop };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('The test runner does not start.');
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}

/**
 * @param {string} root
 * @param {string} sandbox Where the source with the mutants is, and the tests beside it.
 * @param {string[]} files The tests.
 * @param {() => void} switchLimits Runs in each page.
 */
export async function startBrowserTests(root, sandbox, files, switchLimits) {
  for (const file of files) {
    const path = join(sandbox, file);
    writeFileSync(path, readFileSync(path, 'utf8') + hooks);
  }
  await bundle(sandbox, files);
  const server = await serve(root, sandbox);
  const browser = await chromium.launch({ executablePath: ensureBrowser(), args: chromiumArgs });

  /** @param {string} file @param {{activeMutant?: string, titles?: string[]}} [settings] @param {number} [timeout] @returns {Promise<Run>} */
  async function run(file, settings = {}, timeout = timeLimit) {
    const context = await browser.newContext();
    try {
      await context.addInitScript(`(${share})(${JSON.stringify(settings)}); (${switchLimits})();`);
      const page = await context.newPage();
      await page.goto(`${server.origin}/?wtr-manual-session=true&wtr-test-file=/${file}`);
      const ended = await page.waitForFunction(
        () => {
          const { stats } = /** @type {any} */ (window).__WTR_MOCHA_RUNNER__ ?? {};
          return stats && (stats.failures || stats.end) ? stats : undefined;
        },
        undefined,
        { timeout, polling: 50 },
      );
      const { passes, failures } = await ended.jsonValue();
      const coverage = await page.evaluate(
        () => /** @type {any} */ (window).__stryker__.mutantCoverage ?? { static: {}, perTest: {} },
      );
      return { passed: passes > 0 && failures === 0, coverage, reason: await page.evaluate(firstFailure) };
    } catch (reason) {
      return { passed: false, coverage: { static: {}, perTest: {} }, reason: String(reason) };
    } finally {
      await context.close();
    }
  }

  /** @type {import('./mutation.mjs').TestFile[]} */
  const tests = [];
  for (const file of files) {
    const begun = Date.now();
    const { passed, coverage, reason } = await run(file);
    if (!passed) throw new Error(`${file} fails without any mutant: ${reason}`);
    const time = Date.now() - begun;
    const titlesOf = (/** @type {string} */ id) =>
      Object.keys(coverage.perTest).filter((title) => coverage.perTest[title]?.[id]);
    tests.push({
      name: file,
      time,
      isUnit: false,
      reaches: (id) => !!coverage.static[id] || titlesOf(id).length > 0,
      async passes(id) {
        // What runs when a file loads, or between two tests, concerns all of them.
        const settings = { activeMutant: id, ...(coverage.static[id] ? {} : { titles: titlesOf(id) }) };
        return (await run(file, settings, 10_000 + 2 * time)).passed;
      },
    });
  }
  tests.sort((one, other) => one.time - other.time);

  return {
    tests,
    async stop() {
      await browser.close();
      server.stop();
    },
  };
}
