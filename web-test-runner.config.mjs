import './scripts/loopback.mjs';
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { chromeLauncher } from '@web/test-runner-chrome';
import { defaultReporter } from '@web/test-runner';
import { countingReporter } from './scripts/counting-reporter.mjs';
import { messengerServer } from './test/harness/messenger-server.mjs';

/** How much hostile markup is made up, and from which seed: `npm run fuzz -- markup` asks for more. */
const { FUZZ_RUNS: runs = '300', FUZZ_SEED: seed = '1' } = process.env;

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

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
  browsers: [
    chromeLauncher({
      // Files that run at the same time share no storage and no channels.
      createPage: async ({ browser }) => (await browser.createBrowserContext()).newPage(),
      launchOptions: {
        executablePath,
        args: [
          '--no-sandbox',
          '--disable-gpu',
          '--disable-quic',
          '--no-first-run',
          '--disable-background-networking',
          '--disable-component-update',
          '--disable-sync',
        ],
      },
    }),
  ],
  testFramework: { config: { timeout: 10_000 } },
  testsFinishTimeout: 120_000 + 1_000 * Number(runs),
  reporters: [defaultReporter(), countingReporter],
};
