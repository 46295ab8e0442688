import { defineConfig } from '@playwright/test';

export default defineConfig({
  testMatch: '*.spec.ts',
  expect: { timeout: 10_000 },
  use: {
    baseURL: 'https://www.brand.example',
    // Without a path: the browser that Playwright has installed.
    launchOptions: { executablePath: process.env.CHROMIUM_PATH },
  },
});
