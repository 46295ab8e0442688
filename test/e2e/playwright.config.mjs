import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';
import { chromiumArgs, ensureBrowser } from '../../scripts/setup.mjs';

const wanted = (process.env.BROWSERS ?? 'chromium').split(',');

/**
 * `npm run test:slow`, so that `npm test` stays short: the long tables, with a row for everything; the local world by itself;
 * and the package in an empty project.
 */
const slow = ['faults', 'ways', 'pages', 'cms', 'forum', 'world', 'package'].map(
  (name) => `**/${name}.spec.mjs`,
);

export const projects = [
  {
    name: 'chromium',
    use: {
      browserName: /** @type {const} */ ('chromium'),
      launchOptions: { executablePath: ensureBrowser(), args: chromiumArgs },
    },
  },
  {
    // Debian's Firefox, spoken to over WebDriver BiDi. Some tests need what only Chromium can be told to do.
    name: 'firefox',
    grepInvert: /@chromium/,
    use: {
      browserName: /** @type {const} */ ('firefox'),
      channel: 'moz-firefox',
      launchOptions: {
        executablePath: process.env.FIREFOX_PATH ?? '/usr/bin/firefox-esr',
        // All third-party cookies are blocked, as fixtures.mjs has it in Chromium. By itself, Firefox lets a frame see a
        // provider that the visitor has just been to.
        firefoxUserPrefs: { 'network.cookie.cookieBehavior': 1 },
      },
    },
  },
];

export default defineConfig({
  testDir: '.',
  testMatch: process.env.SLOW ? slow : '**/*.spec.mjs',
  testIgnore: process.env.SLOW ? [] : slow,
  outputDir: '../../test-results/e2e',
  fullyParallel: true,
  forbidOnly: true,
  // A page keeps two cores busy: its browser has several processes, and the local world is one.
  workers: Math.max(1, Math.floor(availableParallelism() / 2)),
  retries: 0,
  timeout: 30_000,
  expect: { timeout: 10_000 },
  reporter: [['line'], ['json', { outputFile: '../../test-results/e2e.json' }]],
  // Recording traces takes an eighth of the time: `npx playwright test -c test/e2e/playwright.config.mjs --trace on`.
  use: { trace: 'off' },
  projects: projects.filter(({ name }) => wanted.includes(name)),
});
