import { defineConfig } from '@playwright/test';
import e2e, { projects } from '../e2e/playwright.config.mjs';

export default defineConfig({
  ...e2e,
  testDir: '.',
  outputDir: '../../test-results/wordpress',
  // One database and one PHP for all.
  workers: 1,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  projects: projects.filter(({ name }) => name === 'chromium'),
  reporter: [['line'], ['json', { outputFile: '../../test-results/wordpress.json' }]],
});
