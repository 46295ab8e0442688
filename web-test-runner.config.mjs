import './scripts/loopback.mjs';
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { chromeLauncher } from '@web/test-runner-chrome';
import { defaultReporter } from '@web/test-runner';
import { countingReporter } from './scripts/counting-reporter.mjs';
import { chromiumArgs } from './scripts/setup.mjs';
import { messengerServer } from './test/harness/messenger-server.mjs';
import { WebKitLauncher } from './test/harness/webkit.mjs';

/** How much hostile markup is made up, and from which seed: `npm run fuzz -- markup` asks for more. */
const { FUZZ_RUNS: runs = '300', FUZZ_SEED: seed = '1' } = process.env;

/** Which browsers run the tests: one or more of those below. */
const wanted = (process.env.BROWSERS ?? 'chromium').split(',');

/**
 * Files that run at the same time share no storage and no channels.
 *
 * @param {{browser: import('puppeteer-core').Browser}} launched
 */
const createPage = async ({ browser }) => (await browser.createBrowserContext()).newPage();

/** Nobody asks what the pages load, and telling it takes time. */
const networkEnabled = false;

const browsers = {
  chromium: () =>
    chromeLauncher({
      createPage,
      launchOptions: {
        executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
        args: chromiumArgs,
        networkEnabled,
      },
    }),
  // Over WebDriver BiDi, which Firefox speaks itself. One file at a time: it hardly ever draws a tab that is not in front.
  firefox: () =>
    Object.assign(
      chromeLauncher({
        concurrency: 1,
        launchOptions: {
          browser: 'firefox',
          executablePath: process.env.FIREFOX_PATH ?? '/usr/bin/firefox-esr',
          networkEnabled,
        },
      }),
      { name: 'Firefox' },
    ),
  webkit: () => new WebKitLauncher(),
};

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  files: 'test/component/**/*.test.ts',
  nodeResolve: true,
  hostname: 'localhost',
  concurrency: 2,
  plugins: [
    messengerServer(),
    esbuildPlugin({
      ts: true,
      target: 'es2022',
      define: { __FUZZ__: JSON.stringify({ runs: Number(runs), seed: Number(seed) }) },
      tsconfig: fileURLToPath(new URL('./tsconfig.json', import.meta.url)),
    }),
  ],
  concurrentBrowsers: 1,
  browsers: Object.entries(browsers)
    .filter(([name]) => wanted.includes(name))
    .map(([, launcher]) => launcher()),
  testFramework: { config: { timeout: 30_000 } },
  testsFinishTimeout: 120_000 + 1_000 * Number(runs),
  reporters: [defaultReporter(), countingReporter('test-results/component.json')],
};
