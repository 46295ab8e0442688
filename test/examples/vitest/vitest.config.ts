import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Only the page in the frame imports it, which Vite does not see before it starts.
  optimizeDeps: { include: ['genesys-auth-messenger/define'] },
  test: {
    include: ['test/examples/vitest/*.test.ts'],
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      // Without a path: the browser that Playwright has installed.
      provider: playwright({ launchOptions: { executablePath: process.env.CHROMIUM_PATH } }),
      instances: [{ browser: 'chromium' }],
    },
  },
});
