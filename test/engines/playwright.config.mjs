import { defineConfig } from '@playwright/test';
import base, { projects } from '../e2e/playwright.config.mjs';

// The driver's library writes of each connection.
process.env.WDIO_LOG_LEVEL ??= 'error';

const wanted = (process.env.BROWSERS ?? 'chromium,firefox,webkit').split(',');

export default defineConfig({
  ...base,
  // Some start a second browser, and a busy machine may take long for one.
  timeout: 120_000,
  outputDir: '../../test-results/engines',
  reporter: [['line'], ['json', { outputFile: '../../test-results/engines.json' }]],
  projects: [
    ...projects,
    // Spoken to over WebDriver (webkit.mjs): Playwright's own WebKit is another browser, and not Debian's.
    { name: 'webkit', use: { browserName: /** @type {const} */ ('webkit') } },
  ].filter(({ name }) => wanted.includes(name)),
});
