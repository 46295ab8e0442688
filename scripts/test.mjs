/**
 * `npm test`: everything that proves the element right, from rules to whole sign-ins. Makes a fresh machine ready
 * first. `npm test -- unit component e2e` runs some of it, `npm test -- unit` without a browser, `npm run test:slow` the
 * long tables, `npm run test:engines` the components in Firefox and WebKitGTK and the main flows in three engines,
 * `npm run test:wordpress` the plugin in a real WordPress, `npm run test:providers` sign-ins at providers that others have
 * written. Ends with what failed, and `N passed, N failed`.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { ensureBrowser, ensureDependencies, ensureProviders, ensureWordPress } from './setup.mjs';

const node = process.execPath;
/** Each tool's way to run, and to say what came of it. */
const playwrightWith = (/** @type {string} */ config) => [
  ...[node, 'node_modules/@playwright/test/cli.js', 'test'],
  ...['--config', config],
];
const playwright = playwrightWith('test/e2e/playwright.config.mjs');
const webTestRunner = [node, 'node_modules/@web/test-runner/dist/bin.js'];
const component = { command: webTestRunner, output: 'test-results/component.json' };

/** The three of docs/testing.md, each by a tool of its own. */
const examples = [
  {
    command: [
      ...playwrightWith('test/examples/playwright/playwright.config.ts'),
      ...['--output', 'test-results/examples-playwright', '--reporter', 'line,json'],
    ],
    output: 'test-results/examples-playwright.json',
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: 'test-results/examples-playwright.json' },
  },
  {
    command: [...webTestRunner, '--config', 'scripts/web-test-runner-example.config.mjs'],
    output: 'test-results/examples-web-test-runner.json',
  },
  {
    command: [
      ...[node, '--import', './scripts/loopback.mjs', 'node_modules/vitest/vitest.mjs', 'run'],
      ...['--config', 'test/examples/vitest/vitest.config.ts'],
      ...['--reporter', 'default', '--reporter', 'json'],
      ...['--outputFile', 'test-results/examples-vitest.json'],
    ],
    output: 'test-results/examples-vitest.json',
  },
];

/**
 * @typedef {object} Run
 * @property {string[]} command
 * @property {string} output
 * @property {Record<string, string>} [env]
 */

/** @satisfies {Record<string, Run | Run[]>} */
const suites = {
  // The same input every time: only a change of ours can break it. `npm run fuzz` makes up other.
  fuzz: { command: [node, 'scripts/fuzz.mjs', '--seed', '1'], output: 'test-results/fuzz.json' },
  unit: {
    command: [
      node,
      '--import',
      'tsx',
      '--test',
      '--test-reporter=./scripts/unit-reporter.mjs',
      'test/unit/all.ts',
    ],
    output: 'test-results/unit.json',
  },
  component,
  firefox: { ...component, env: { BROWSERS: 'firefox' } },
  webkit: { ...component, env: { BROWSERS: 'webkit' } },
  engines: {
    command: playwrightWith('test/engines/playwright.config.mjs'),
    output: 'test-results/engines.json',
  },
  examples,
  e2e: { command: playwright, output: 'test-results/e2e.json' },
  slow: { command: playwright, output: 'test-results/e2e.json', env: { SLOW: '1' } },
  wordpress: {
    command: playwrightWith('test/wordpress/playwright.config.mjs'),
    output: 'test-results/wordpress.json',
  },
  providers: {
    command: playwrightWith('test/providers/playwright.config.mjs'),
    output: 'test-results/providers.json',
  },
};

/** Each waits for one of its own tools at a time, and so leaves the processor to the other. @type {(keyof typeof suites)[][]} */
const sideBySide = [
  ['e2e', 'slow', 'engines'],
  ['fuzz', 'unit', 'component', 'examples', 'firefox', 'webkit'],
];

const wanted = process.argv.slice(2);
const chosen = wanted.length ? wanted : ['unit', 'component', 'examples', 'e2e'];

ensureDependencies();
// Rules need none, nor does hostile input.
if (chosen.some((name) => name !== 'unit' && name !== 'fuzz')) process.env.CHROMIUM_PATH = ensureBrowser();
const isDriven = (/** @type {string} */ browser) => chosen.includes(browser) || chosen.includes('engines');
if (isDriven('firefox')) process.env.FIREFOX_PATH = ensureBrowser('firefox');
if (isDriven('webkit')) ensureBrowser('webkit');
if (chosen.includes('wordpress')) ensureWordPress();
if (chosen.includes('providers')) ensureProviders();

const total = { passed: 0, failed: 0 };
/** Told again at the end, where it is found. @type {string[]} */
const failed = [];
rmSync('test-results', { recursive: true, force: true });
mkdirSync('test-results');

if (!(await run([node, 'scripts/build.mjs']))) total.failed++;
await Promise.all(
  sideBySide.map(async (names) => {
    for (const name of names) if (chosen.includes(name)) await report(name);
  }),
);
for (const name of /** @type {(keyof typeof suites)[]} */ (Object.keys(suites)))
  if (chosen.includes(name) && !sideBySide.flat().includes(name)) await report(name);
for (const failure of failed) console.log(failure);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed ? 1 : 0;

/** Runs a suite, and says what came of it. @param {keyof typeof suites} name */
async function report(name) {
  const started = Date.now();
  const sum = { passed: 0, failed: 0 };
  console.log(`${name} begins`);
  for (const { command, output, env } of /** @type {Run[]} */ ([suites[name]].flat())) {
    // Suites that share a file count for themselves.
    rmSync(output, { force: true });
    const succeeded = await run(command, env);
    const counts = countsOf(output);
    sum.passed += counts.passed;
    // What broke down, or ran nothing, has failed whatever it counted.
    sum.failed += counts.failed || (succeeded && counts.passed ? 0 : 1);
    for (const { title, message } of counts.failures)
      failed.push(`${name}: ${title}\n${message.split('\n').slice(0, 12).join('\n')}\n`);
    for (const test of counts.skipped) console.log(`${name}: skipped: ${test}`);
  }
  total.passed += sum.passed;
  total.failed += sum.failed;
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`${name}: ${sum.passed} passed, ${sum.failed} failed (${seconds} s)\n`);
}

/**
 * What it prints follows when it has ended: another may run beside it.
 * @param {string[]} command @param {Record<string, string>} [env] @returns {Promise<boolean>} Whether it ended well.
 */
function run([program = '', ...args], env) {
  return new Promise((resolve) => {
    /** @type {Buffer[]} */
    const printed = [];
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => printed.push(chunk));
    child.on('close', (code) => {
      process.stdout.write(Buffer.concat(printed));
      resolve(code === 0);
    });
  });
}

/**
 * @typedef {{title: string, message: string}} Failed
 * @typedef {{passed: number, failed: number, failures: Failed[], skipped: string[]}} Counts
 */

/** @param {string} file As our reporters, Playwright's or Vitest's leave it. @returns {Counts} */
function countsOf(file) {
  const none = { passed: 0, failed: 0, failures: [], skipped: [] };
  try {
    const { stats, suites, numPassedTests, numFailedTests, testResults, ...counts } = JSON.parse(
      readFileSync(file, 'utf8'),
    );
    if (stats) {
      const failures = suites.flatMap(failuresIn);
      const skipped = suites.flatMap(skippedIn);
      return { ...none, passed: stats.expected, failed: stats.unexpected + stats.flaky, failures, skipped };
    }
    if (testResults) return { ...none, passed: numPassedTests, failed: numFailedTests };
    return { ...none, ...counts };
  } catch {
    return { ...none, failed: 1 };
  }
}

/** @param {import('@playwright/test/reporter').JSONReportSuite} suite @returns {Failed[]} */
function failuresIn({ suites = [], specs, title: context }) {
  const own = specs
    .filter(({ ok }) => !ok)
    .map(({ title, tests }) => ({
      title,
      message: tests.flatMap(({ results }) => results.map(({ error }) => error?.message ?? '')).join('\n'),
    }));
  return [...suites.flatMap(failuresIn), ...own].map(({ title, message }) => ({
    title: `${context} › ${title}`,
    message,
  }));
}

/** @param {import('@playwright/test/reporter').JSONReportSuite} suite @returns {string[]} With their reasons. */
function skippedIn({ suites = [], specs, title: context }) {
  const own = specs.flatMap(({ title, tests }) =>
    tests
      .filter(({ status }) => status === 'skipped')
      .map(
        ({ projectName, annotations }) =>
          `${context} › ${title} (${projectName}): ${annotations.map(({ description }) => description).join(', ')}`,
      ),
  );
  return [...suites.flatMap(skippedIn), ...own];
}
