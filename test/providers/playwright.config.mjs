import { defineConfig } from '@playwright/test';
import { chromiumArgs, ensureBrowser } from '../../scripts/setup.mjs';
import e2e from '../e2e/playwright.config.mjs';
import { names } from './fixtures.mjs';

/** A project for each provider: `--project glewlwyd` runs one. */
export default defineConfig(
  { ...e2e, projects: [] },
  {
    testDir: '.',
    outputDir: '../../test-results/providers',
    // In one project one provider runs for all tests.
    fullyParallel: false,
    workers: 1,
    timeout: 60_000,
    reporter: [['line'], ['json', { outputFile: '../../test-results/providers.json' }]],
    projects: names.map((name) => ({
      name,
      use: {
        browserName: /** @type {const} */ ('chromium'),
        launchOptions: { executablePath: ensureBrowser(), args: chromiumArgs },
        provider: name,
      },
    })),
  },
);
