import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';
import { chromiumArgs, ensureBrowser } from '../../scripts/setup.mjs';

const wanted = (process.env.BROWSERS ?? 'chromium').split(',');

/**
 * What befalls a visitor: these run in `npm test`, each told in one way. All else runs in `npm run test:slow`: other ways to
 * tell them (`@slow`), and whatever pages, products and tools there are.
 */
const files = [
  ...['account', 'authorize', 'life-cycle', 'logout', 'popup', 'privacy', 'renewal', 'sign-in', 'silent'],
  'step-up',
];
const stories = new RegExp(`(^| )(${files.join('|')})\\.spec\\.mjs (?!.*@slow)`);

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
    grepInvert: [/@chromium/],
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
  outputDir: '../../test-results/e2e',
  fullyParallel: true,
  forbidOnly: true,
  // A page can keep two cores busy, but waits now and then.
  workers: Math.max(2, Math.floor(availableParallelism() / 2)),
  retries: 0,
  timeout: 30_000,
  expect: { timeout: 10_000 },
  reporter: [['line'], ['json', { outputFile: '../../test-results/e2e.json' }]],
  // Recording traces takes an eighth of the time: `npx playwright test -c test/e2e/playwright.config.mjs --trace on`.
  // A small window is drawn sooner.
  use: { trace: 'off', viewport: { width: 800, height: 600 } },
  projects: projects
    .filter(({ name }) => wanted.includes(name))
    .map((project) => ({
      ...project,
      ...(process.env.SLOW ? { grepInvert: [stories, ...(project.grepInvert ?? [])] } : { grep: stories }),
    })),
});
